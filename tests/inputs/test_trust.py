"""Only papers are published: structure is never prose, other prose is no paper, private things
stay in."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from digest import inputs
from digest.inputs.decoding import decode
from digest.inputs.syntax.structure import structure
from digest.models import Note, Reading, Seed

ABSTRACT = (
    "We measured how fast ivy climbs the walls of forty churches over nine years. Growth depends on the "
    "age of the mortar more than on light or rain. The results suggest that old walls feed what climbs them."
)
WORDS = "the committee agreed to move the parade to the second Sunday in June because of the market"


def read(text: str) -> Reading:
    return inputs.read(decode("a.txt", text.encode()))


STRUCTURES = {
    "a key or a certificate": "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    + "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\n" * 5
    + "-----END OPENSSH PRIVATE KEY-----\n",
    "a log": '10.0.0.7 - - [03/Mar/2025:06:25:24 +0000] "GET /ivy HTTP/1.1" 200 5316 "-" "Mozilla/5.0"\n' * 9,
    "a patch": "diff --git a/ivy.py b/ivy.py\n--- a/ivy.py\n+++ b/ivy.py\n@@ -1,2 +1,2 @@\n-grow()\n+climb()\n",
    "encoded data": "aXZ5IGNsaW1icyB0aGUgd2FsbHMgb2YgY2h1cmNoZXMgb3ZlciBuaW5lIHllYXJz\n" * 20,
    "source code": "import os\n\n\ndef climb(wall):\n    '''Climb a wall, as ivy does.'''\n    return os.path.join(wall, 'top')\n",
    "SQL": "CREATE TABLE walls (\n  id INTEGER PRIMARY KEY,\n  age INTEGER\n);\nINSERT INTO walls VALUES (1, 900);\n",
    "JSON": json.dumps({"name": "ivy", "version": "1.2.0", "description": ABSTRACT, "scripts": {"test": "run"}}),
    "YAML": "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2hunter2\n",
    "LaTeX source": "\\documentclass{article}\n\\begin{document}\n\\section{Ivy}\n" + ABSTRACT + "\n\\end{document}\n",
    "a calendar or address card": "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Parade\nEND:VEVENT\nEND:VCALENDAR\n",
    "rich text (RTF)": "{\\rtf1\\ansi {\\b Ivy} " + ABSTRACT + "}",
    "a table": "street,number,tenant,rent\n" + "Mill Lane,7,Harrow,812\nMill Lane,9,Dale,790\n" * 4,
}  # fmt: skip


@pytest.mark.parametrize("label", STRUCTURES)
def test_what_is_no_prose_is_refused_by_its_name(label: str) -> None:
    """Nothing of it is published, and the message says what it is."""
    found = structure(STRUCTURES[label])
    reading = inputs.read(Seed("a.txt", STRUCTURES[label]))
    assert found is not None
    assert found.label == label
    assert not reading.records
    assert sum(problem.refused for problem in reading.problems) > 0
    assert label in str(reading.problems[0]) or reading.format != "unknown"


OTHER_PROSE = {
    "minutes": f"Minutes of the parade committee\n\nPresent: Ann Dale, Bo Harrow.\n\nAfter some talk {WORDS}. "
    "Bo will ask the band. Ann will print the programme and send you the bill next week.\n\n"
    "The treasurer said that the chairs have to be paid by Friday. The next meeting is on 3 May at the inn.\n",
    "a letter": "Dear Ann,\n\nthank you for your letter, which came on Monday. The children are well and send you their "
    "love. On Sunday we went to the lake, but it rained, so we sat in the inn and played cards until evening.\n\n"
    "Please tell Bo that his umbrella is still here. You can have it when you come to see us in June.\n",
    "a shop": "Garden rope, 12 mm\n\nStrong rope for your garden, sold by the metre. Free delivery for orders over 50 "
    "euros. Please choose a colour before you add it to the basket. You can send it back within thirty days.\n",
    "a change log": "Version 2.1\n\n- The window no longer closes when you press Escape twice, thanks to everyone who told us (#41).\n"
    "- You can now choose the size of the font in the settings, and the program will remember it for the next time.\n"
    "- Fixed a crash when a file is opened from a folder that has been removed.\n",
    "a sign-in page": "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1><p>Please enter your name and "
    "password to go on. If you have forgotten your password, you can ask for a new one below.</p>"
    "<p>By signing in you agree to our terms of use and to the way in which we use cookies on this site.</p></body></html>",
}  # fmt: skip


SCHOLARLY_TALK = {
    "a letter of an institute": "Dear Ann,\n\nas I said on the phone (mobile 0171 5550123) your contract will be extended in March. The analysis of your hours shows "
    "that the two years at the museum can be counted. Please send us your tax ID and your IBAN. We found that the form was missing.\n",
    "a chat of a group": "Ann Dale 09:41\nI analysed the samples yesterday. We found that sample 17 (Mrs Harrow) is below the limit of detection, and the results "
    "suggest that the old batch is the reason.\n\nBo Harrow 09:52\nAgreed. In our cohort we observed the same in three patients, and the analysis of the others shows nothing.\n",
    "a file on a patient": "Patient: Bo Harrow\nDOB: 03/14/1947\n\nResults: Troponin peaked at 3.4 and the analysis of the samples showed nothing that we had not observed before in this patient.\n\n"
    "Conclusion: The patient was discharged in stable condition, and our findings suggest that the drug can be taken again after a week at home.\n",
    "a German file on a patient": "Patientin Anna Dale, geb. 11.04.1951\n\nDie Untersuchung zeigte erhöhte Werte. Die Ergebnisse der Biopsie sprechen für eine alte Entzündung. Wir untersuchten zusätzlich "
    "Antikörper; die Analyse ergab nichts Neues.\n",
    "minutes of a group": "Comment on the analysis, 3 March\nPresent: Ann, Bo\n\nBo is on sick leave until May and the results of the survey are not in yet. We propose that Ann takes over the analysis of "
    "the data until then, and that the method is examined again.\n\nAOB\n\nWe observed that the coffee machine is slower than the old one, and the evidence suggests that it has to be cleaned.\n",
    "a review": "Comments to the authors\n\nIn this manuscript, the authors report a prospective cohort of 214 vines. They show that growth declines with the age of the wall, and they conclude that "
    "mortar is the cause. The reviewer would like to see the data.\n",
    "a course": "Course description\n\nThis course examines the lives of gardeners between 1850 and 1930. We explore how historians have argued about their work, and we discuss case studies and "
    "methods of archival research.\n\nGrading\n\nParticipation 20%, an analysis of a source 30%, a paper with an argument of your own 50%.\n",
    "an offer of work": "Wissenschaftliche Mitarbeit (m/w/d), E 13, 65 %\n\nDas Projekt untersucht die Geschichte der Gärten. Die Ergebnisse werden in einer Studie veröffentlicht. Wir bieten eine Stelle "
    "in einer Forschungsgruppe, deren Methode die Analyse von Akten ist.\n",
    "an encyclopedia": "From Wikipedia, the free encyclopedia\n\nIvy is a genus of climbing plants. Studies have shown that it grows on walls, and analysis of its roots suggests that it holds by glue.\n\n"
    "History[edit]\n\nFieldwork conducted in 1908 found the plant in forty villages. The results suggested that it had come with the railway.\n",
    "news": "<html><head><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Ivy\"}</script></head><body><h1>Ivy is winning after all</h1><p>By Ann Dale, 4 March 2025</p>"
    "<p>For two decades scientists have been puzzled by walls that ivy refused to climb. A new study published in a journal shows that the anomaly has ended. The researchers combined old maps and "
    "photographs and found that growth has returned since 2017.</p></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("kind", SCHOLARLY_TALK)
def test_what_scholars_write_beside_papers_is_refused_and_said(kind: str) -> None:
    """Letters, files, minutes, reviews and offers speak of results as papers do."""
    reading = read(SCHOLARLY_TALK[kind])
    assert not reading.records
    assert sum(problem.refused for problem in reading.problems) > 0


def test_a_real_abstract_below_a_greeting_is_kept() -> None:
    """A newsletter may greet its readers: what reads like a paper without doubt stays one."""
    text = (
        "Dear all,\n\nOn the Growth of Ivy on the Walls of Churches\n\n"
        + "We present a new method to estimate the growth of ivy and demonstrate it on data from forty churches. Experiments show that our approach outperforms previous models "
        + "by a large margin, and the results suggest that the age of the mortar is a significant predictor. We conclude with a discussion of the implications for conservation.\n"
    )
    assert [record.title for record in read(text).records] == ["On the Growth of Ivy on the Walls of Churches"]  # fmt: skip


def test_a_task_is_not_the_title_of_what_it_links_to() -> None:
    """A list of things to do may link to papers; what is to be done with them is private."""
    reading = read(
        "- [ ] Call the bank about the mortgage\n- [ ] Tell Bo what is wrong with https://doi.org/10.1000/ivy.1\n"
    )
    assert [(record.title, record.identifiers) for record in reading.records] == [(None, {"doi": "10.1000/ivy.1"})]  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_PROSE)
def test_other_prose_is_refused_and_said(kind: str) -> None:
    """Text of everyday life is no abstract, whatever its paragraphs look like."""
    reading = read(OTHER_PROSE[kind])
    assert [record.title for record in reading.records] == []
    assert sum(problem.refused for problem in reading.problems) > 0


LANGUAGES = {
    "German": "Die Arbeit untersucht, wie schnell Efeu an den Mauern von vierzig Kirchen wächst. Wir zeigen anhand von "
    "Messungen aus neun Jahren, dass das Alter des Mörtels wichtiger ist als Licht und Regen. Die Ergebnisse legen "
    "nahe, dass alte Mauern nähren, was an ihnen emporklettert.",
    "French": "Cet article présente une étude de la croissance du lierre sur les murs de quarante églises pendant neuf ans. "
    "Les résultats montrent que l'âge du mortier compte davantage que la lumière et la pluie. Nous proposons un modèle simple.",
    "Spanish": "Este artículo analiza el crecimiento de la hiedra en los muros de cuarenta iglesias durante nueve años. Los "
    "resultados muestran que la edad del mortero importa más que la luz y la lluvia. Se propone un modelo sencillo.",
    "Russian": "В статье рассмотрен рост плюща на стенах сорока церквей за девять лет. Результаты исследования показывают, что "
    "возраст раствора важнее света и дождя. Предложена простая модель, которая объясняет различия между стенами.",
    "Chinese": "本文研究了四十座教堂墙壁上常春藤九年间的生长速度。实验结果表明,砂浆的年代比光照和雨水更为重要。我们提出了一个简单的模型,用来解释不同墙壁之间的差异,"
    "并分析了气候变化对古老建筑的影响。该方法可以推广到其他攀缘植物,也为古建筑的保护提供了依据。",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_abstracts_of_other_languages_are_papers(language: str) -> None:
    """A bare abstract is believed in the languages that scholars write most."""
    assert len(read(LANGUAGES[language] + "\n").records) == 1


def test_a_person_may_publish_what_does_not_read_like_a_paper() -> None:
    """`format:` in sources.yml is a person's word, and is taken."""
    text = OTHER_PROSE["a letter"]
    reading = inputs.read(Seed("a.txt", text, Note(format="abstracts")))
    assert reading.records


# --- private things ----------------------------------------------------------------------


def one(**fields: object) -> Reading:
    return read(
        json.dumps([{"title": "Ivy on the walls of churches", "abstract": ABSTRACT, **fields}])
    )


def test_mail_addresses_and_local_files_are_left_out_and_said() -> None:
    """The paper is published without them, and a remark counts what is gone."""
    reading = one(
        abstract=f"{ABSTRACT} Data: C:\\Users\\ann\\ivy.csv, from ann.dale@walls.example.org."
    )
    (record,) = reading.records
    assert "@" not in record.abstract
    assert "Users" not in record.abstract
    assert {problem.message.split(":")[0] for problem in reading.problems} == {
        "left out a mail address",
        "left out a local file",
    }
    assert not any("ann" in problem.message for problem in reading.problems)


@pytest.mark.parametrize(
    "secret",
    [
        "password: Climb4Ivy!",
        "AKIAABCDEFGHIJKLMNOP",
        "ghp_" + "a1B2" * 9,
        "https://ann:pa55word@walls.example.org/x",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_a_paper_with_a_secret_is_refused_without_repeating_it(secret: str) -> None:
    """Neither the page nor the message holds a key or a password."""
    reading = one(abstract=f"{ABSTRACT} {secret}")
    assert not reading.records
    assert sum(problem.refused for problem in reading.problems) == 1
    assert not any(secret in problem.message + problem.text for problem in reading.problems)


ADDRESSES: Sequence[tuple[str, list[str]]] = (
    (
        "https://scholar.google.com/scholar_url?url=https://walls.example.org/7.pdf&hl=en&sa=X&ei=me",
        ["https://walls.example.org/7.pdf"],
    ),
    (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Farxiv.org%2Fabs%2F2503.01234&data=me",
        ["https://arxiv.org/abs/2503.01234"],
    ),
    (
        "https://walls.example.org/7?utm_source=alert&page=2&fbclid=me",
        ["https://walls.example.org/7?page=2"],
    ),
    ("https://walls.us5.list-manage.com/track/click?u=me&id=1&e=2", []),
    (
        "https://link.springer.com/article/10.1007/s1-2-3",
        ["https://link.springer.com/article/10.1007/s1-2-3"],
    ),
)


@pytest.mark.parametrize(("address", "left"), ADDRESSES, ids=lambda value: str(value)[:40])
def test_links_do_not_tell_who_follows_them(address: str, left: list[str]) -> None:
    """Redirects are unwrapped, tracking is taken off, and what only its receiver should follow
    goes."""
    (record,) = one(url=address).records
    assert [link.url for link in record.links] == left


# --- JSON of any shape -------------------------------------------------------------------

PAPER = {"title": "Ivy on the walls of churches", "abstract": ABSTRACT, "authors": ["Ann Dale"]}
SHAPES: dict[str, object] = {
    "an unknown key": {"status": "ok", "collection": [PAPER, {**PAPER, "title": "Moss on roofs"}]},
    "deep in the tree": {"a": {"total": 1, "b": {"c": [{"x": 1}, PAPER]}}},
    "wrapped": {"hits": {"total": 1, "hits": [{"_id": "1", "_source": PAPER}]}},
    "Solr's names": {
        "response": {"docs": [{"title_s": PAPER["title"], "abstract_t": ABSTRACT, "author_ss": ["Ann Dale"]}]}
    },
    "values in objects": [{"content": {"title": {"value": PAPER["title"]}, "abstract": {"value": ABSTRACT}}}],
    "columns": {"title": [PAPER["title"]] * 2, "abstract": [ABSTRACT] * 2},
    "columns and rows": {"columns": ["Title", "Abstract"], "data": [[PAPER["title"], ABSTRACT]]},
    "no papers": {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Harbour"}}]},
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_layout_of_json_decides_nothing(shape: str) -> None:
    """On one line or over many, the same papers come out, and what is none is refused."""
    short, long = (read(json.dumps(SHAPES[shape], indent=indent)) for indent in (None, 2))
    assert [(r.title, r.abstract) for r in short.records] == [
        (r.title, r.abstract) for r in long.records
    ]
    assert (PAPER["title"] in [r.title for r in short.records]) == (shape != "no papers")
    if shape == "no papers":
        assert sum(problem.refused for problem in short.problems) > 0


@pytest.mark.parametrize(
    "line",
    [
        "B12-{n}",
        "1{n}.56789",
        "{n}.17",
        "https://shop.example/{n}",
        "+44 20 7946 {n}",
        "SKU {n}/22",
    ],
)
def test_numbers_and_addresses_of_other_things_are_no_papers(line: str) -> None:
    """A list of part numbers, prices, telephone numbers or shop pages names no paper."""
    reading = read("\n".join(line.format(n=number) for number in range(3301, 3330)))
    assert not reading.records


def test_a_program_s_own_description_is_no_paper() -> None:
    """A package has a name, a description and an author, and says what it does."""
    package = {"name": "backoff", "version": "3.1.3", "author": "Ada Lovelace", "license": "MIT", "keywords": ["retry", "delay"],
               "description": "A utility that allows retrying a function with an exponential delay between attempts.",
               "repository": {"type": "git", "url": "git+https://github.com/ada/backoff.git"}}  # fmt: skip
    reading = read(json.dumps(package, indent=2))
    assert not reading.records
    assert reading.problems
