"""What a template depends on is found without rendering it."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from digest.outputs.rendering.dependencies import Dependencies, Sources


def found(**templates: str) -> Dependencies:
    """The dependencies of the template `page.j2`."""
    named = {f"{name}.j2": text for name, text in templates.items()}
    loader = DictLoader(named)
    environment = Environment(loader=loader, autoescape=True)
    return Sources(environment, loader, "digest").dependencies("page.j2")


def test_a_template_depends_on_all_that_it_uses() -> None:
    """By whatever statement, and however far away."""
    page = "{% extends 'base.j2' %}{% from 'macros.j2' import card %}"
    used = found(page=page, base="{% include 'head.j2' %}", head="h", macros="m", other="o")
    assert [name for name, _ in used.sources] == ["base.j2", "head.j2", "macros.j2", "page.j2"]


def test_a_template_that_is_not_there_yet_counts() -> None:
    """It may be made later, and then it is used."""
    page = "{% include 'own.j2' ignore missing %}"
    assert found(page=page).sources != found(page=page, own="now").sources


def test_a_name_that_is_known_only_later_may_be_any() -> None:
    """All templates count, and all that any of them reads."""
    page = "{% include kind ~ '.j2' %}{{ digest.site }}"
    used = found(page=page, one="{{ digest.papers }}", two="")
    assert len(used.sources) == 3
    assert used.attributes == {"site", "papers"}


def test_the_attributes_that_are_read_are_known() -> None:
    """In all templates together, and none if none is read."""
    page = "{{ digest.site.name }}{% for paper in digest.papers %}{% endfor %}{% include 'a.j2' %}"
    assert found(page=page, a="{{ digest.today }}").attributes == {"site", "papers", "today"}
    assert found(page="{{ paper.title }}").attributes == frozenset()


def test_a_template_may_take_all_of_it() -> None:
    """As a whole, or by a name that is not written in it."""
    for page in (
        "{{ card(digest) }}",
        "{% set d = digest %}{{ d.site }}",
        "{{ digest['site'] }}",
        "{{ digest | string }}{{ digest.site }}",
    ):
        assert found(page=page).attributes is None


def test_a_mistake_in_a_template_is_left_to_its_rendering() -> None:
    """There the message says where it is."""
    assert found(page="{% if %}").sources == (("page.j2", "{% if %}"),)
