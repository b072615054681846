"""Questions by code and what a team writes for itself: the same suite over SQLite and over a real PostgreSQL."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from webchat.adapters.clocks import MovableClock
from webchat.adapters.memory_codes import MemoryCodeStore
from webchat.adapters.sql.questions import SqlQuestions
from webchat.adapters.sql.tables import accounts
from webchat.adapters.sql.team_data import SqlTeamData
from webchat.desk.codes import QUESTION, SpokenCodes
from webchat.desk.questions import MOST_OPEN, QUESTION_SECONDS, Questions
from webchat.handover.codes import CodeKeys, new_code
from webchat.ports import NotAllowedNow, QuestionRow
from webchat.staff.audit import AuditAction
from webchat.staff.team_data import Deviation, ReadyReply, Rota, Shift, TeamData

pytestmark = pytest.mark.asyncio

SECRET = b"s" * 32
WEDNESDAY_NIGHT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # 2.30 in Amsterdam


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(WEDNESDAY_NIGHT)


@pytest.fixture
def questions(database, clock) -> Questions:
    return Questions(SqlQuestions(database), clock, SECRET)


@pytest.fixture
async def keys(clock) -> CodeKeys:
    return await SpokenCodes(MemoryCodeStore(), clock, SECRET).keys(QUESTION, new_code())


async def test_a_question_is_answered_for_whoever_has_the_code(questions, keys):
    await questions.leave(keys, "mag ik bellen zonder naam", "noord")
    (waiting,) = await questions.waiting()
    assert (waiting.text, waiting.region, waiting.asked_hours_ago) == ("mag ik bellen zonder naam", "noord", 0)
    assert await questions.read(keys) is None
    await questions.answer(waiting.id, "Ja, dat mag.")
    assert await questions.waiting() == ()
    assert await questions.read(keys) == "Ja, dat mag."


async def test_a_second_answer_is_refused(questions, keys):
    await questions.leave(keys, "vraag", None)
    (waiting,) = await questions.waiting()
    await questions.answer(waiting.id, "eerste")
    with pytest.raises(NotAllowedNow, match="question-gone"):
        await questions.answer(waiting.id, "tweede")
    assert await questions.read(keys) == "eerste"


async def test_an_unknown_code_reads_nothing(questions, keys, clock):
    with pytest.raises(NotAllowedNow, match="code-unknown"):
        await questions.read(keys)


async def test_after_seven_days_it_is_gone_from_the_table(questions, keys, clock, database):
    await questions.leave(keys, "vraag", None)
    clock.move(QUESTION_SECONDS)
    with pytest.raises(NotAllowedNow, match="code-unknown"):
        await questions.read(keys)
    await questions.sweep()
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM questions"))).scalar_one() == 0


async def test_the_visitor_can_wipe_it(questions, keys):
    await questions.leave(keys, "vraag", None)
    await questions.wipe(keys)
    assert await questions.waiting() == ()
    with pytest.raises(NotAllowedNow, match="code-unknown"):
        await questions.read(keys)


async def test_the_table_holds_no_word_of_question_or_answer(questions, keys, database):
    await questions.leave(keys, "merkteken vraag", None)
    (waiting,) = await questions.waiting()
    await questions.answer(waiting.id, "merkteken antwoord")
    async with database.reading() as connection:
        rows = (await connection.execute(text("SELECT * FROM questions"))).all()
    held = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in rows[0])
    assert b"merkteken" not in held
    assert len(held) > 1000


async def test_another_secret_opens_no_question(questions, keys, database, clock):
    await questions.leave(keys, "vraag", None)
    (other,) = await Questions(SqlQuestions(database), clock, b"t" * 32).waiting()
    assert "vraag" not in other.text


async def test_too_many_open_questions_are_refused_before_they_are_kept(database, clock, questions, keys):
    store = SqlQuestions(database)
    now = clock.now().timestamp()
    for number in range(MOST_OPEN):
        await store.add(QuestionRow(f"{number:016x}", f"{number:032x}", None, now, now + 60, b"q", b"p", None))
    with pytest.raises(NotAllowedNow, match="too-many-questions"):
        await questions.leave(keys, "vraag", None)


class Account:
    id = "a" * 16
    regions = ()


class Someone:
    account = Account()


class Written:
    def __init__(self) -> None:
        self.actions: list[AuditAction] = []

    async def record(self, account_id, action, result=None) -> None:
        self.actions.append(action)


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
async def team(database, clock, written) -> TeamData:
    async with database.session() as connection:
        await connection.execute(
            accounts.insert().values(
                id=Account.id, name="sam", display_name="Sam", roles=[], regions=[], skills=[], most=2,
                disabled=False, was_administrator_until=0, last_step=0,
            )
        )  # fmt: skip
    return TeamData(SqlTeamData(database), written, clock)


async def test_ready_replies_are_found_changed_and_removed(team, written):
    reply = await team.add_reply(Someone, "hallo", "Hallo, ik lees met je mee.")
    with pytest.raises(NotAllowedNow, match="word-taken"):
        await team.add_reply(Someone, "hallo", "Iets anders.")
    await team.change_reply(Someone, ReadyReply(reply.id, "welkom", "Welkom."))
    assert [(one.word, one.text) for one in await team.replies()] == [("welkom", "Welkom.")]
    await team.remove_reply(Someone, reply.id)
    assert await team.replies() == ()
    with pytest.raises(NotAllowedNow, match="reply-gone"):
        await team.remove_reply(Someone, reply.id)
    assert written.actions == [AuditAction.REPLIES_CHANGED] * 3


async def test_notes_of_a_region_replace_each_other(team):
    assert await team.notes("noord") == ""
    await team.write_notes(Someone, "noord", "Opvang belt zelf terug.")
    await team.write_notes(Someone, "noord", "Opvang belt niet terug.")
    assert await team.notes("noord") == "Opvang belt niet terug."


async def test_the_rota_knows_whose_turn_it_is_past_midnight_and_on_other_days(team, clock):
    night = Shift("", Account.id, weekday=1, begins=22 * 60, ends=31 * 60)
    planned = await team.plan(Someone, Rota((night,), ()))
    assert len(planned.week[0].id) == 16
    assert await team.planned_now() == {Account.id}
    off = Deviation("", Account.id, "2026-11-25", works=False)
    await team.plan(Someone, Rota((night,), (off,)))
    assert await team.planned_now() == frozenset()
    extra = Deviation("", Account.id, "2026-11-25", works=True, begins=2 * 60, ends=3 * 60)
    await team.plan(Someone, Rota((), (extra,)))
    assert await team.planned_now() == {Account.id}
    clock.move(3600)
    assert await team.planned_now() == frozenset()


async def test_a_turn_that_ends_before_it_begins_is_refused_and_the_rota_stays(team):
    with pytest.raises(NotAllowedNow, match="turn-backwards"):
        await team.plan(Someone, Rota((Shift("", Account.id, 0, 600, 600),), ()))
    assert await team.rota() == Rota((), ())
