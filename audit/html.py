"""The Nu HTML Checker of the W3C over all pages of a site. It needs Java."""

import json
import subprocess
from pathlib import Path

from audit.finding import Finding
from audit.sites import Site


def check(site: Site, tools: Path) -> Finding:
    """Errors, not warnings: these say that a page's own files would be blocked, since the address is not known."""
    jar = tools / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-Xss2m", "-jar", str(jar), "--skip-non-html", "--errors-only", "--exit-zero-always"]
    command += ["--format", "json", str(site.output)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)["messages"]
    faults = [
        f"{message['url'].partition(str(site.output))[2]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in said
    ]
    return Finding("Nu HTML Checker", f"{len(faults)} errors in {len(site.every):,} pages", tuple(faults))
