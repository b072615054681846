"""Every setting: what it may be, and that an error never shows what it was."""

import pytest

from webchat.settings import BadSetting, OidcSettings, Settings

GOOD = {"ENGINE_SECRET": "geheim geheim geheim geheim geheim", "REDIS_URL": "unix:///run/redis.sock"}
OIDC = {
    "OIDC_ISSUER": "https://login.example/realm",
    "OIDC_CLIENT_ID": "lichtpunt",
    "OIDC_CLIENT_SECRET": "geheim",
    "OIDC_ROLES": "chat=night=counsellor, chat-admin=administrator",
}


def test_what_is_needed_is_a_secret_and_a_redis():
    settings = Settings.from_environ(GOOD)
    assert (settings.host, settings.port, settings.limits, settings.demo) == ("127.0.0.1", 8080, True, False)
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.exit_url.startswith("https://")
    assert (settings.staff_secret, settings.oidc) == (None, None)


def test_everything_can_be_set():
    settings = Settings.from_environ(
        {
            **GOOD,
            "HOST": "localhost",
            "PORT": "0",
            "REDIS_URL": "rediss://user:pass@redis.example:6379/1",
            "RASA_URL": "http://rasa:5005/",
            "RASA_REDIS_URL": "unix:///run/rasa.sock",
            "DATABASE_URL": "sqlite:///x",
            "STAFF_SECRET": "s" * 32,
            **OIDC,
            "OIDC_ROLES_CLAIM": "realm_access.roles",
            "OIDC_ACR": "urn:two, urn:three",
            "LIMITS": "off",
            "DEMO": "1",
            "EXIT_URL": "https://exit.example/x",
            "ADDRESS_FORM": "u",
            "LOG_LEVEL": "debug",
        }
    )
    assert settings.rasa_url == "http://rasa:5005"
    assert settings.staff_secret == "s" * 32
    assert settings.oidc == OidcSettings(
        issuer="https://login.example/realm",
        client_id="lichtpunt",
        client_secret="geheim",
        roles_claim="realm_access.roles",
        roles=(("chat=night", "counsellor"), ("chat-admin", "administrator")),
        acr=("urn:two", "urn:three"),
    )
    assert (settings.limits, settings.demo, settings.address_form, settings.log_level) == (False, True, "u", "DEBUG")


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("ENGINE_SECRET", {"ENGINE_SECRET": ""}),
        ("ENGINE_SECRET", {"ENGINE_SECRET": "geheim"}),
        ("REDIS_URL", {"REDIS_URL": " "}),
        ("REDIS_URL", {"REDIS_URL": "http://geheim"}),
        ("REDIS_URL", {"REDIS_URL": "unix:"}),
        ("REDIS_URL", {"REDIS_URL": "redis://[geheim"}),
        ("REDIS_URL", {"REDIS_URL": "memory://", "HOST": "0.0.0.0"}),
        ("PORT", {"PORT": "geheim"}),
        ("PORT", {"PORT": "65536"}),
        ("PORT", {"PORT": "-1"}),
        ("PORT", {"PORT": "\u0661"}),
        ("RASA_URL", {"RASA_URL": "geheim"}),
        ("RASA_URL", {"RASA_URL": "http://geheim:99999"}),
        ("EXIT_URL", {"EXIT_URL": "http://geheim"}),
        ("EXIT_URL", {"EXIT_URL": "javascript:geheim"}),
        ("LIMITS", {"LIMITS": "geheim"}),
        ("LIMITS", {"LIMITS": "off", "HOST": "0.0.0.0"}),
        ("LIMITS", {"LIMITS": "off", "HOST": "chat.example"}),
        ("DEMO", {"DEMO": "1", "HOST": "::"}),
        ("DEMO", {"DEMO": "geheim"}),
        ("ADDRESS_FORM", {"ADDRESS_FORM": "geheim"}),
        ("LOG_LEVEL", {"LOG_LEVEL": "geheim"}),
        ("STAFF_SECRET", {"STAFF_SECRET": "geheim"}),
        ("OIDC_ISSUER", {**OIDC, "OIDC_ISSUER": ""}),
        ("OIDC_ISSUER", {**OIDC, "OIDC_ISSUER": "geheim"}),
        ("OIDC_ISSUER", {**OIDC, "OIDC_ISSUER": "http://geheim.example"}),
        ("OIDC_CLIENT_ID", {**OIDC, "OIDC_CLIENT_ID": ""}),
        ("OIDC_CLIENT_SECRET", {**OIDC, "OIDC_CLIENT_SECRET": ""}),
        ("OIDC_ROLES", {**OIDC, "OIDC_ROLES": ""}),
        ("OIDC_ROLES", {**OIDC, "OIDC_ROLES": "geheim"}),
        ("OIDC_ROLES", {**OIDC, "OIDC_ROLES": "chat=geheim"}),
        ("OIDC_ROLES", {**OIDC, "OIDC_ROLES": "=counsellor"}),
    ],
)
def test_a_bad_setting_is_named_and_not_shown(key, changed):
    with pytest.raises(BadSetting) as refused:
        Settings.from_environ({**GOOD, **changed})
    assert refused.value.key == key
    assert "geheim" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_limits_can_be_off_on_loopback(host):
    assert Settings.from_environ({**GOOD, "HOST": host, "LIMITS": "off"}).limits is False


def test_settings_do_not_show_their_secrets():
    secret = {"REDIS_URL": "redis://u:geheim@h", "DATABASE_URL": "x://geheim", "STAFF_SECRET": "geheim" * 6}
    settings = Settings.from_environ({**GOOD, **OIDC, **secret})
    assert "geheim" not in repr(settings) + repr(settings.oidc)
