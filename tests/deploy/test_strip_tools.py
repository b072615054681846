"""What the end of an image's build removes, on a made-up root folder."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "docker" / "strip_tools.py"


@pytest.fixture
def strip():
    spec = importlib.util.spec_from_file_location("strip_tools", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.strip


@pytest.fixture
def root(tmp_path):
    for name in (
        "usr/bin/dash",
        "usr/bin/apt-get",
        "usr/sbin/adduser",
        "usr/local/bin/python3.12",
        "usr/local/bin/pip3",
        "usr/local/lib/python3.12/site-packages/pip/__init__.py",
        "usr/local/lib/python3.12/json.py",
        "usr/lib/x86_64-linux-gnu/libc.so.6",
        "var/lib/dpkg/status",
        "app/.venv/bin/python",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "bin").symlink_to("usr/bin")
    (tmp_path / "usr/bin/sh").symlink_to("dash")
    return tmp_path


def test_shells_and_package_managers_are_gone(strip, root):
    assert strip(root) > 0
    assert list((root / "usr/bin").iterdir()) == []
    assert list((root / "usr/sbin").iterdir()) == []
    assert not (root / "usr/local/bin/pip3").exists()
    assert not (root / "usr/local/lib/python3.12/site-packages/pip").exists()
    assert not (root / "var/lib/dpkg").exists()


def test_python_its_libraries_and_the_product_stay(strip, root):
    strip(root)
    for name in ("usr/local/bin/python3.12", "usr/local/lib/python3.12/json.py", "app/.venv/bin/python"):
        assert (root / name).exists()
    assert (root / "usr/lib/x86_64-linux-gnu/libc.so.6").exists()
    assert (root / "bin").is_dir()


def test_a_second_time_finds_nothing(strip, root):
    strip(root)
    assert strip(root) == 0
