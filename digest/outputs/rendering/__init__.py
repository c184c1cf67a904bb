"""What pages, feeds and mail are rendered with.

`templates` renders and escapes; `filters` writes days, counts and names as readers
do; `grouping` puts papers under their topics; `charts` and `pictures` draw.
"""
