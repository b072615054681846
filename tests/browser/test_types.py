"""The types in the comments of the visitor's page hold, says TypeScript's own compiler. It makes nothing: it only reads."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
CACHE = ROOT / ".cache" / "typescript"


@pytest.fixture(scope="module")
def compiler() -> Path:
    """The version that package.json names, installed once into the project's cache."""
    npm = shutil.which("npm")
    assert npm, "npm is needed to check the types of the page: apt-get install npm"
    asked = (FOLDER / "package.json").read_text(encoding="utf-8")
    found = CACHE / "node_modules" / "typescript" / "bin" / "tsc"
    here = CACHE / "package.json"
    if not found.is_file() or not here.is_file() or here.read_text(encoding="utf-8") != asked:
        CACHE.mkdir(parents=True, exist_ok=True)
        here.write_text(asked, encoding="utf-8")
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=180, check=False)
        if done.returncode != 0:
            here.unlink()
        assert done.returncode == 0, done.stderr[-2000:]
    return found


def _complaints(compiler: Path, project: Path) -> str:
    node = shutil.which("node")
    assert node, "node is needed to check the types of the page: apt-get install nodejs"
    done = subprocess.run([node, compiler, "-p", project], capture_output=True, text=True, timeout=120, check=False)
    return done.stdout


def test_the_modules_of_the_page_keep_their_types(compiler: Path) -> None:
    assert _complaints(compiler, FOLDER / "tsconfig.json") == ""


def test_a_planted_fault_is_found(compiler: Path, tmp_path: Path) -> None:
    (tmp_path / "fault.mjs").write_text("/** @param {number} size */\nconst twice = (size) => size * 2;\ntwice('a');\n")
    settings = (FOLDER / "tsconfig.json").read_text(encoding="utf-8")
    included = settings.partition('"include": ')[2].rpartition("}")[0].strip()
    (tmp_path / "tsconfig.json").write_text(settings.replace(included, '["*.mjs"]'), encoding="utf-8")
    assert "TS2345" in _complaints(compiler, tmp_path / "tsconfig.json")
