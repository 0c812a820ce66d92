"""What browsers keep for a year: each collected file with a hash of what it says in its name."""

from pathlib import Path

from common.statics import HashedFiles


def collected(folder: Path, **scripts: str) -> dict[str, str]:
    """The hashed names of the scripts after collecting them."""
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text)
    storage = HashedFiles(location=str(folder), base_url="/static/")
    files = {f"{name}.js": (storage, f"{name}.js") for name in scripts}
    for _name, _hashed, processed in storage.post_process(files):
        assert not isinstance(processed, Exception), processed
    return {name: storage.stored_name(f"{name}.js") for name in scripts}


def test_a_script_imports_another_by_its_hashed_name(tmp_path: Path) -> None:
    page = 'import { wait } from "./waiting.js";\nwait();\n'
    before = collected(tmp_path, page=page, waiting="export const wait = () => 1;\n")
    assert before["waiting"] in (tmp_path / before["page"]).read_text()
    after = collected(tmp_path, page=page, waiting="export const wait = () => 2;\n")
    assert before["page"] != after["page"], "a browser that kept the first asks for the second"
