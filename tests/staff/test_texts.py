"""The texts of the staff side: one for every refusal, and refused when an editor breaks them."""

import pytest
import yaml

from bot.advice import directory, fixed_texts
from bot.advice.errors import BadContent
from bot.advice.fixed_texts import STAFF_CONTENT
from webchat.api.problems import _STATUS
from webchat.staff.errors import Refusal


def phone_of(name: str) -> str | None:
    return directory.load().get(name).phone


def test_every_refusal_of_the_staff_side_has_a_text_and_a_status():
    names = {refusal.value for refusal in Refusal}
    assert names <= set(fixed_texts.load(phone_of).problem_names)
    assert names - set(_STATUS) == {"name-taken", "last-administrator"}


def test_a_broken_file_of_the_staff_side_is_refused_with_its_own_name(tmp_path):
    path = tmp_path / "medewerker_teksten.yml"
    content = yaml.safe_load(STAFF_CONTENT.read_text(encoding="utf-8"))
    content["problemen"]["wrong-code"]["uitleg"] = ""
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BadContent) as refused:
        fixed_texts.load(phone_of, staff=path)
    assert str(refused.value).startswith("medewerker_teksten.yml: problemen.wrong-code")
