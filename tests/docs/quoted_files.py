#!/usr/bin/env python3
"""Every block that a page marks as a file is that file, and every relative link of a page leads somewhere."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
faults = []
quoted = 0
pages = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("plugin-api/*.md"), *root.glob("plugins/*/*.md")]
for page in pages:
    text = page.read_text(encoding="utf-8")
    for name, block in re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", text, re.S):
        quoted += 1
        if (page.parent / name).read_text(encoding="utf-8") != block:
            faults.append(f"{page}: the block is not {name}")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not (page.parent / target).exists():
            faults.append(f"{page}: the link {target} leads nowhere")
if quoted < 3:
    faults.append(f"only {quoted} quoted files were found: the marks have changed")
print("\n".join(faults) if faults else f"{quoted} quoted files and the links of {len(pages)} pages are right")
sys.exit(1 if faults else 0)
