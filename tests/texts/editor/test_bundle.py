"""The editor's bundle is what its sources make. No node is needed to see that."""

import gzip
import hashlib
import json
import re
import runpy
from pathlib import Path

from django.conf import settings
from django.template import Context, Template
from django.utils import translation

ROOT = Path(settings.ROOT)
SOURCES, STATIC = ROOT / "site" / "texts" / "editor", ROOT / "site" / "texts" / "static" / "texts"
MANIFEST = json.loads((STATIC / "editor.json").read_text())
LOCK = json.loads((SOURCES / "package-lock.json").read_text())["packages"]
MOST_BYTES = 87_000


def test_it_is_made_from_the_sources_as_they_are() -> None:
    made = runpy.run_path(str(SOURCES / "bundle.py"))["sources"]()
    assert made == MANIFEST["sources"], "run site/texts/editor/build.sh"


def test_its_name_and_the_manifest_hold_its_hash() -> None:
    digest = hashlib.sha256((STATIC / MANIFEST["file"]).read_bytes()).hexdigest()
    assert MANIFEST["sha256"] == digest
    assert MANIFEST["file"] == f"editor-{digest[:12]}.js"
    assert [path.name for path in STATIC.glob("editor-*.js")] == [MANIFEST["file"]]


def test_a_changed_source_makes_it_stale(tmp_path: Path) -> None:
    for path in [*SOURCES.glob("*.*"), *(SOURCES / "src").glob("*.js")]:
        copy = tmp_path / path.relative_to(SOURCES)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    bundle = runpy.run_path(str(tmp_path / "bundle.py"))
    assert bundle["sources"]() == MANIFEST["sources"]
    (tmp_path / "src" / "meter.js").write_text("// changed")
    assert bundle["sources"]() != MANIFEST["sources"]


def test_every_package_is_of_an_exact_version_and_known_by_its_hash() -> None:
    own = LOCK[""]
    wanted = own["dependencies"] | own["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert all(package["integrity"].startswith("sha512-") for name, package in LOCK.items() if name)


def test_the_licence_of_every_package_in_it_is_beside_it() -> None:
    texts = (STATIC / "editor-licences.txt").read_text()
    inside = {name.removeprefix("node_modules/"): package for name, package in LOCK.items() if name}
    for name, package in inside.items():
        assert package.get("dev") or f"{name} {package['version']}\n" in texts
        assert package.get("dev") or package["license"] == "MIT"


def test_it_stays_small() -> None:
    assert len(gzip.compress((STATIC / MANIFEST["file"]).read_bytes(), 9)) <= MOST_BYTES


def test_the_page_has_its_address_and_words_that_cannot_end_the_script() -> None:
    with translation.override("en"):
        html = Template("{% load editor %}{% editor_script %}").render(Context())
    assert html.count("</script>") == 2
    assert f'src="/static/texts/{MANIFEST["file"]}"' in html
    assert json.loads(html.split(">", 1)[1].split("</script>")[0])["left"] == {
        "one": "{n} suggestion waits.",
        "other": "{n} suggestions wait.",
    }
