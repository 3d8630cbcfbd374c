"""`make bench`: run every measurement, or `python -m bench api filters` those named, one after the other.

Absolute figures vary by 40 % between runs on the same machine; compare the ratios.
"""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path


def main(names: list[str]) -> int:
    scripts = sorted(path.stem for path in Path(__file__).parent.glob("*_speed.py"))
    chosen = [script for script in scripts if not names or script.removesuffix("_speed") in names]
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    print(f"{when}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    failed = 0
    for script in chosen:
        print(f"== {script.removesuffix('_speed')}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{script}"], check=False).returncode != 0
        print()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
