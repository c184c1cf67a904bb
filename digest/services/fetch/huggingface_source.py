"""Hugging Face: the papers that its users have put forward, day by day.

    api/daily_papers?limit=100&p=0

https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

from digest.services.fetch.source import FetchSource, Inquiry, address


def _complaint(query: str) -> str:
    return "" if query == "daily" else "the word daily"


def _first(inquiry: Inquiry) -> str:
    return address("api/daily_papers", limit=100)


SOURCE = FetchSource(
    name="huggingface",
    label="Hugging Face papers",
    about="`daily`: the newest hundred of its daily papers",
    example="daily",
    base_url="https://huggingface.co",
    hosts=("huggingface.co",),
    quiet=4,
    complaint=_complaint,
    first=_first,
)
