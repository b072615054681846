"""The coordinator's board, the names of chats and the order of the queue."""

import pytest
import yaml

from bot.advice.errors import BadContent
from bot.advice.vocabulary import Urgency
from webchat.staff import codename, warning
from webchat.staff.board import SMALLEST
from webchat.staff.roles import StaffRole


async def test_the_board_says_how_busy_it_is_now(house):
    lead, ann = house.person("cor", StaffRole.COORDINATOR), await house.on_duty("ann", regions=("zeeland",))
    await house.talking(ann)
    await house.visitor()
    house.clock.move(12)
    await ann.post("/presence/beat")
    await house.visitor()
    board = (await lead.call("GET", "/board")).json()
    assert (board["waiting"], board["longest_wait_seconds"], board["overdue"]) == (2, 12, 0)
    (person,) = board["on_duty"]
    assert (person["name"], person["chats"], person["load"], person["regions"]) == ("Ann", 1, 1, ["zeeland"])


async def test_small_numbers_of_the_last_hour_are_not_said(house):
    lead, ann = house.person("cor", StaffRole.COORDINATOR), await house.on_duty("ann")
    for number in range(1, SMALLEST + 1):
        visitor = await house.talking(ann)
        await visitor.leave()
        await ann.post(f"/chats/{visitor.id}/wrap-up", {})
        said = (await lead.call("GET", "/board")).json()["last_hour"]
        assert said["claimed"] == (None if number < SMALLEST else SMALLEST)
    house.clock.move(3601)
    assert (await lead.call("GET", "/board")).json()["last_hour"]["claimed"] is None


async def test_the_queue_shows_danger_then_urgency_then_waiting_time(house):
    ann = await house.on_duty("ann")
    calm = await house.visitor()
    house.clock.move(10)
    urgent = await house.visitor(urgency=Urgency.URGENT)
    danger = await house.visitor(urgency=Urgency.ACUTE, danger=True)
    queue = (await ann.view())["queue"]
    assert [one["ticket"] for one in queue] == [danger.id, urgent.id, calm.id]
    assert [(one["waited_seconds"], one["level"]) for one in queue] == [(0, 3), (0, 0), (10, 0)]


async def test_the_level_rises_while_somebody_waits(house):
    ann = await house.on_duty("ann")
    await house.visitor()
    levels = []
    for _ in range(7):
        house.clock.move(20)
        await ann.post("/presence/beat")
        levels.append((await ann.view())["queue"][0]["level"])
    assert levels == [0, 1, 2, 2, 2, 3, 3]


async def test_the_view_holds_no_key_no_seal_and_no_token(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    for one in (ann, ben):
        text = repr(await one.view())
        hidden = [visitor.talk, visitor.card_key, one.session.cookie, one.session.id]
        hidden += [
            part for seals in (await house.ticket(visitor.id)).seals.values() for part in (seals.card, seals.talk)
        ]
        assert not [word for word in hidden if word and word in text]


def test_a_codename_follows_from_the_id_and_is_two_words():
    names = codename.load()
    assert names.of("abc") == names.of("abc") != names.of("abd")
    assert all(len(names.of(str(number)).split(" ")) == 2 for number in range(100))


def test_two_chats_at_the_desk_never_have_the_same_name():
    names = codename.load()
    found = names.all([str(number) for number in range(500)])
    assert len(set(found.values())) == 500
    assert names.all(["7"])["7"] == names.of("7")


def test_codenames_hurt_and_hint_nothing():
    content = yaml.safe_load(codename.FILE.read_text(encoding="utf-8"))
    words = " ".join((*content["eerste"], *content["tweede"])).replace("goud", "")
    for part in (
        "slag",
        "slaan",
        "klap",
        "trap",
        "dood",
        "bang",
        "stil",
        "zwart",
        "wit",
        "rood",
        "rode",
        "jong",
    ):
        assert part not in words, part
    for part in ("klein", "dik", "meisje", "jongen", "vrouw", "man ", "kind", "beuk", "roofvogel", "koekoek", "wond"):
        assert part not in words, part


@pytest.mark.parametrize(
    "changed",
    [
        {"eerste": ["groene"] * 64},
        {"tweede": ["merel"]},
        {"eerste": None},
        {"tweede": [f"woord {n}" for n in range(64)]},
    ],
)
def test_a_broken_list_of_names_stops_the_start(tmp_path, changed):
    content = yaml.safe_load(codename.FILE.read_text(encoding="utf-8")) | changed
    path = tmp_path / "codenamen.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(BadContent):
        codename.load(path)


def test_the_warning_exists_in_both_forms_and_says_that_the_chat_may_close(tmp_path):
    for form in ("je", "u"):
        assert "sluit ik het gesprek" in warning.load(form)
    assert warning.load("je") != warning.load("u")
    path = tmp_path / "console_teksten.yml"
    path.write_text("waarschuwing: {tekst: ' '}\n", encoding="utf-8")
    with pytest.raises(BadContent):
        warning.load("je", path)
