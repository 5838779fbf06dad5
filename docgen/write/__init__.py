"""The writers: a finished document in, the bytes of one format out."""

import os
import sys
from types import ModuleType

# reportlab runs files of these names from the home folder, or from wherever Python looks: empty ones keep it from that.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, ModuleType(_name))
# What others would write into a file in place of its own day, or fail at if it is no number.
os.environ.pop("SOURCE_DATE_EPOCH", None)
