"""What only a real Redis can show: its settings, its own expiry, other gateways, and what rests in it."""

import asyncio

import pytest

from tests.contract.redis_server import redis_server
from webchat.adapters.redis_check import UnfitRedis, check, in_memory
from webchat.adapters.redis_store import BACKSTOP_SECONDS, RedisStore
from webchat.chats import IDLE_SECONDS, ChatGone, ChatKeys, Notes, Sealed, new_token, seal
from webchat.ports import Commit, StoreUnavailable

pytestmark = pytest.mark.asyncio

NOW = 1_800_000_000.0


async def test_a_redis_with_the_right_settings_passes(redis):
    assert await check(redis.url) == ()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("save", "60 1"),
        ("appendonly", "no"),
        ("appendfsync", "no"),
        ("maxmemory", "0"),
        ("maxmemory-policy", "allkeys-lru"),
        ("slowlog-max-len", "128"),
        ("enable-debug-command", "local"),
    ],
)
async def test_a_redis_with_a_wrong_setting_is_refused_by_name(setting, value):
    with redis_server(**{setting: value}) as server, pytest.raises(UnfitRedis) as refused:
        await check(server.url)
    assert setting in refused.value.remedy


@pytest.mark.parametrize(
    ("directory", "expected"), [("/dev/shm/x", True), ("/dev/shmx", False), ("/run", True), ("/run/disk/x", False)]
)
async def test_the_deepest_mount_decides_whether_a_folder_is_in_memory(directory, expected):
    mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/vdb /run/disk ext4 rw"
    assert in_memory(directory, mounts) is expected


async def test_a_redis_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(UnfitRedis) as refused:
        await check(f"unix://{tmp_path}/nothing.sock")
    assert "no Redis answers" in refused.value.remedy
    assert str(tmp_path) not in str(refused.value)


async def test_a_redis_that_does_not_show_its_settings_is_one_clear_line():
    with redis_server() as server:
        with server.client() as client:
            client.acl_setuser("default", enabled=True, nopass=True, keys=["*"], commands=["+@all", "-config"])
        with pytest.raises(UnfitRedis) as refused:
            await check(server.url)
    assert "CONFIG GET" in refused.value.remedy


async def test_redis_itself_removes_a_chat_that_no_gateway_sweeps(redis):
    store, keys, now = RedisStore(redis.url), ChatKeys.from_token(new_token()), NOW
    await store.create(keys, b"notes", (b"event",), now)
    await store.commit(keys, Commit(version=0, notes=b"n", events=(b"e",), tag=b"t" * 16, result=b"r"), now)
    await store.close()
    with redis.client() as client:
        for key in (f"c:{keys.chat_id}", f"c:{keys.chat_id}:e", f"c:{keys.chat_id}:r"):
            left = client.ttl(key)
            assert 2 * 60 * 60 < left <= IDLE_SECONDS + BACKSTOP_SECONDS


async def test_what_rests_in_redis_and_on_its_disk_tells_nothing(redis):
    token = new_token()
    store, keys, now = RedisStore(redis.url), ChatKeys.from_token(token), NOW
    notes = seal(keys, Sealed.NOTES, Notes(names={"names": ["kanariewoord"]}).as_dict())
    event = seal(keys, Sealed.MESSAGE, {"text": "kanariewoord slaat mij"})
    tag = keys.tag("0b9a3c1e-0000-4000-8000-000000000000")
    await store.create(keys, notes, (event,), now)
    await store.commit(keys, Commit(version=0, notes=notes, events=(event,), tag=tag, result=event), now)
    found = raw_content(redis) + files(redis)
    for secret in (b"kanariewoord", token.encode(), keys.engine_id.encode(), keys.chat_key, keys.engine_key):
        assert secret not in found
    assert keys.chat_id.encode() in found, "the search must be able to find something"
    await store.wipe(keys, now)
    assert keys.chat_id.encode() not in raw_content(redis)
    await store.sweep(now)
    await until(lambda: keys.chat_id.encode() not in files(redis))
    await store.close()


async def test_another_gateway_hears_of_new_events(redis):
    one, other = RedisStore(redis.url), RedisStore(redis.url)
    keys, now = ChatKeys.from_token(new_token()), NOW
    await one.create(keys, b"notes", (), now)
    waiting = asyncio.create_task(other.changed(keys, 0, 10.0))
    await asyncio.sleep(0.2)
    await one.commit(keys, Commit(version=0, notes=b"n", events=(b"e",)), now)
    await asyncio.wait_for(waiting, 1.0)
    assert await other.events(keys, 0, now) == ((1, b"e"),)
    await one.close()
    await other.close()


async def test_two_hundred_calls_at_once_wait_for_a_connection(redis):
    store, keys, now = RedisStore(redis.url), ChatKeys.from_token(new_token()), NOW
    await store.create(keys, b"notes", (), now)
    loaded = await asyncio.gather(*(store.load(keys, now) for _ in range(200)))
    assert len(loaded) == 200
    await store.close()


async def test_a_killed_redis_is_unavailable_and_loses_nothing_that_was_acknowledged():
    with redis_server() as server:
        store, keys, now = RedisStore(server.url), ChatKeys.from_token(new_token()), NOW
        await store.create(keys, b"notes", (b"event",), now)
        server.kill()
        with pytest.raises(StoreUnavailable):
            await store.load(keys, now)
        server.start_again()
        assert (await store.load(keys, now)).notes == b"notes"
        await store.close()


async def test_a_nearly_full_redis_refuses_new_chats_and_lets_running_ones_go_on():
    with redis_server(maxmemory="32mb") as server:
        store, keys, now = RedisStore(server.url), ChatKeys.from_token(new_token()), NOW
        await store.create(keys, b"notes", (), now)
        with server.client() as client:
            for number in range(26):
                client.set(f"ballast {number}", b"x" * 1_000_000)
        with pytest.raises(StoreUnavailable):
            await store.create(ChatKeys.from_token(new_token()), b"notes", (), now + 2)
        await store.commit(keys, Commit(version=0, notes=b"n", events=(b"e",)), now)
        await store.close()


async def test_an_unknown_chat_leaves_no_trace(redis):
    store = RedisStore(redis.url)
    with redis.client() as client:
        client.flushall()
        with pytest.raises(ChatGone):
            await store.commit(ChatKeys.from_token(new_token()), Commit(version=0, notes=b"n"), NOW)
        assert client.keys("*") == []
    await store.close()


def raw_content(redis) -> bytes:
    """Everything in the database, keys and values."""
    with redis.client() as client:
        return b"".join(key + (client.dump(key) or b"") for key in client.keys("*"))


def files(redis) -> bytes:
    """Everything Redis wrote to its folder."""
    return b"".join(path.read_bytes() for path in redis.folder.rglob("*") if path.is_file())


async def until(true) -> None:
    """Wait for something that Redis does in its own time."""
    for _ in range(100):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not happen within 5 seconds")
