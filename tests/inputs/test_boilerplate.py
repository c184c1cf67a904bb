"""What publishers put around an abstract is taken off; what authors wrote stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.inputs.publisher_notices import trim
from tests.conftest import COMET, GRAPH, YEAST

NOTICES = [
    "© 2023 Elsevier Ltd. All rights reserved.",
    "(C) 2015 Elsevier Inc. All rights reserved.",
    "© 2023, The Author(s), under exclusive licence to Springer Nature Switzerland AG.",
    "Copyright © 2020 American Chemical Society.",
    "Copyright 2020 by the American Physical Society.",
    "Copyright held by the owner/author(s).",
    "© 2020 Wiley Periodicals, Inc.",
    "© 2021 by the authors. Licensee MDPI, Basel, Switzerland.",
    "© 2021 by the authors. Licensee MDPI, Basel, Switzerland. This article is an open access article distributed under the terms of the Creative Commons Attribution (CC BY) license.",
    "© The Author(s) 2021. Published by Oxford University Press. All rights reserved. For permissions, please e-mail: journals.permissions@oup.com.",
    "Published by Elsevier B.V.",
    "This article is protected by copyright. All rights reserved.",
    "(PsycINFO Database Record (c) 2020 APA, all rights reserved)",
    "[ABSTRACT FROM AUTHOR] Copyright of Journal of Ice is the property of Ice & Co. and its content may not be copied. However, users may print articles.",
]


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("abstract", [COMET, YEAST, GRAPH], ids=["comet", "yeast", "graph"])
def test_a_publishers_notice_is_no_part_of_an_abstract(notice: str, abstract: str) -> None:
    assert trim(f"{abstract} {notice}") == abstract


@pytest.mark.parametrize("heading", ["Abstract: ", "ABSTRACT ", "Abstract ", "Summary. ", "© 2020 IEEE. "])  # fmt: skip
def test_a_heading_is_no_part_of_an_abstract(heading: str) -> None:
    assert trim(f"{heading}{COMET}") == COMET


@pytest.mark.parametrize(
    "text",
    ["[No abstract available]", "No abstract available.", "Abstract not available", "N/A", "none", "-", "Abstract", "Kein Abstract verfügbar",
     "Abstract page for arXiv paper 2402.01234: Memory Networks", "© 2023 Elsevier Ltd. All rights reserved."],
)  # fmt: skip
def test_what_is_in_place_of_an_abstract_is_none(text: str) -> None:
    assert trim(text).strip("-") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Abstract State Machines are machines. We build one.",
        "Summary statistics mislead. We show how.",
        "We study who holds a copyright. Copyright law changed in 2020.",
        "We read © signs in books of 2020 and count them.",
        "No abstract algebra is needed. We prove it by counting.",
        "None of the models is right.",
    ],
)
def test_authors_may_write_of_copyright_and_abstraction(text: str) -> None:
    assert trim(text) == text


@given(st.text(st.sampled_from("aA .©(c)2023[]\n"), max_size=300))
def test_trimming_ends_and_only_takes_off(text: str) -> None:
    """What is left was there, and has nothing more to lose."""
    assert trim(text) in text
    assert trim(trim(text)) == trim(text)
