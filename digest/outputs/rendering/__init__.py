"""What pages, feeds and mail are printed with: templates, words, sections, small charts.

`templates` fills them in and escapes; `wording` writes days, counts and names as
readers do; `sections` puts papers under the names of their topics; `charts` draws.
"""
