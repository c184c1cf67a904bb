"""Turn what people collect about research papers into a daily digest."""

import os

__version__ = "0.2.0"

# Threads only wait for each other where matrices are as small as those of topics, and their number
# changes the order of sums. NumPy reads this when it is loaded; who sets it otherwise has it so.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
