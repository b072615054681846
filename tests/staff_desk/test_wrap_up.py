"""Codes only count up, many chats together, and nothing that is free text gets in."""

import pytest

from webchat.adapters.sql import prepare
from webchat.adapters.sql.counts import SqlCounts
from webchat.adapters.sql.tables_desk import counts as table
from webchat.handover.tickets import Ending
from webchat.ports import NotAllowedNow
from webchat.staff.errors import StaffStoreUnavailable
from webchat.staff.wrapup import FLUSH_CHATS, TABLES, Leg

FULL = {
    "role": "victim",
    "age_band": "adult",
    "kinds": ["partner_violence", "stalking"],
    "relation": "ex_partner",
    "children_present": "yes",
    "duration": "1_5y",
    "advice": "safety_plan",
    "referral": "veilig-thuis",
    "length": "10_30m",
    "ending": "goodbye",
}


async def closed(house, counsellor, ending=Ending.GOODBYE):
    visitor = await house.talking(counsellor)
    await visitor.leave(ending)
    return visitor


async def test_a_wrap_up_removes_the_chat_and_counts_each_code_once(house):
    ann = await house.on_duty("ann")
    for _ in range(FLUSH_CHATS):
        visitor = await closed(house, ann)
        assert (await ann.post(f"/chats/{visitor.id}/wrap-up", FULL)).status_code == 204
        assert visitor.id not in (await house.room.look()).tickets
    assert house.count_store.cells["2026Q4", "counsellor.kinds", "stalking"] == FLUSH_CHATS
    assert house.count_store.cells["2026Q4", "counsellor.ending", "goodbye"] == FLUSH_CHATS
    assert len(house.count_store.cells) == 11 and set(house.count_store.cells.values()) == {FLUSH_CHATS}


async def test_a_wrap_up_sent_twice_counts_once(house):
    ann = await house.on_duty("ann")
    visitor = await closed(house, ann)
    answers = [await ann.post(f"/chats/{visitor.id}/wrap-up", FULL) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 404]
    assert house.counts._chats == 1


async def test_an_open_chat_is_not_wrapped_up(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    refused = await ann.post(f"/chats/{visitor.id}/wrap-up", FULL)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:lichtpunt:problem:chats-open")
    assert house.counts._chats == 0


@pytest.mark.parametrize("field", [*TABLES, "referral"])
async def test_no_field_takes_anything_that_is_not_in_its_list(house, field):
    ann = await house.on_duty("ann")
    visitor = await closed(house, ann)
    for value in ("Jan uit Zwolle", "belde later terug", "", 7, {"a": "b"}, ["vrij"], "unknown\n"):
        answer = await ann.post(f"/chats/{visitor.id}/wrap-up", {**FULL, field: value})
        assert (answer.status_code, field in answer.text) == (422, False), value
    assert house.counts._chats == 0 and visitor.id in (await house.room.look()).tickets


@pytest.mark.parametrize("extra", [{"notitie": "vrije tekst"}, {"ticket": "abc"}, {"codes": FULL}])
async def test_there_is_no_field_for_words(house, extra):
    ann = await house.on_duty("ann")
    visitor = await closed(house, ann)
    assert (await ann.post(f"/chats/{visitor.id}/wrap-up", {**FULL, **extra})).status_code == 422


async def test_an_organisation_that_is_not_in_the_directory_is_no_code(house):
    ann = await house.on_duty("ann")
    visitor = await closed(house, ann)
    answer = await ann.post(f"/chats/{visitor.id}/wrap-up", {**FULL, "referral": "iets-anders"})
    assert answer.status_code == 422 and house.counts._chats == 0


async def test_what_is_left_out_counts_as_unknown_and_the_ending_is_known_anyway(house):
    ann = await house.on_duty("ann")
    visitor = await closed(house, ann, Ending.EXIT)
    await ann.post(f"/chats/{visitor.id}/wrap-up", {})
    for _ in range(FLUSH_CHATS - 1):
        await house.counts.add({}, Leg.BOT)
    assert house.count_store.cells["2026Q4", "counsellor.ending", "exit"] == 1
    assert house.count_store.cells["2026Q4", "counsellor.kinds", "unknown"] == 1
    assert house.count_store.cells["2026Q4", "bot.role", "unknown"] == FLUSH_CHATS - 1


async def test_no_chat_reaches_the_store_by_itself(house):
    for number in range(FLUSH_CHATS * 2 + 3):
        await house.counts.add({"role": ("child",)}, Leg.BOT)
        assert len(house.count_store.added) == (number + 1) // FLUSH_CHATS
    assert [added["bot.role", "child"] for added in house.count_store.added] == [FLUSH_CHATS] * 2


async def test_counts_that_the_store_did_not_take_are_kept(house):
    house.count_store.failing = StaffStoreUnavailable()
    for _ in range(FLUSH_CHATS):
        await house.counts.add({"role": ("child",)})
    assert house.count_store.cells == {}
    house.count_store.failing = None
    await house.counts.flush()
    assert house.count_store.cells["2026Q4", "counsellor.role", "child"] == FLUSH_CHATS


async def test_codes_from_elsewhere_are_checked_too(house):
    for wrong in ({"role": ("Jan",)}, {"notes": ("x",)}, {"referral": ("nergens",)}):
        with pytest.raises(NotAllowedNow):
            await house.counts.add(wrong, Leg.BOT)
    assert house.counts._chats == 0


async def test_the_table_only_counts_up_and_has_nothing_that_joins_two_codes(tmp_path):
    database = await prepare(f"sqlite:///{tmp_path}/staff.sqlite")
    store = SqlCounts(database)
    await store.add("2026Q4", {("counsellor.role", "child"): 20, ("counsellor.length", "lt_10m"): 5})
    await store.add("2026Q4", {("counsellor.role", "child"): 3})
    await store.add("2027Q1", {("counsellor.role", "child"): 1})
    async with database.reading() as connection:
        rows = {tuple(row) for row in await connection.execute(table.select())}
    assert rows == {
        ("2026Q4", "counsellor.role", "child", 23),
        ("2026Q4", "counsellor.length", "lt_10m", 5),
        ("2027Q1", "counsellor.role", "child", 1),
    }
    assert [column.name for column in table.columns] == ["quarter", "code", "value", "number"]
    await database.close()
