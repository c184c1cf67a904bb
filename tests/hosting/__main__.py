"""Write the workflow that publishes this repository: `python -m tests.hosting`."""

from digest.hosting.examples import own_workflow
from tests import ROOT

file = ROOT / ".github/workflows/publish.yml"
file.write_text(own_workflow(), encoding="utf-8")
