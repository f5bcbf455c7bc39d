"""The portal starts only with settings that keep people safe, and says how to make them so."""

from __future__ import annotations

import secrets

import pytest

from portal.paths import PACKS
from portal.settings import Settings, SettingsProblems

SOUND = {
    "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
    "PORTAL_ENCRYPTION_KEY": secrets.token_urlsafe(48),
}


def problems_of(**given: str) -> tuple[str, ...]:
    with pytest.raises(SettingsProblems) as raised:
        Settings.from_environment({**SOUND, **given})
    return raised.value.problems


def test_two_good_secrets_are_all_that_is_needed():
    settings = Settings.from_environment(SOUND)
    assert settings.pack_folder == PACKS / "demo"
    assert settings.secure_cookies
    assert not settings.demonstration


def test_without_a_secret_it_says_how_to_make_one():
    (problem,) = problems_of(PORTAL_SECRET_KEY="")
    assert "PORTAL_SECRET_KEY is not set" in problem
    assert "secrets.token_urlsafe" in problem


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("dev", "shorter than 32"),
        ("x" * 31, "shorter than 32"),
        ("changeme" * 8, "others could guess"),
        ("192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf", "others could guess"),
    ],
)
def test_a_secret_that_can_be_guessed_is_refused_and_not_repeated(secret, why):
    (problem,) = problems_of(PORTAL_SECRET_KEY=secret)
    assert why in problem
    assert secret not in problem


def test_everything_wrong_is_said_at_once():
    said = problems_of(
        PORTAL_SECRET_KEY="short",
        PORTAL_DATABASE_URL="mysql://host/name",
        PORTAL_PACK="nowhere",
        PORTAL_DEMONSTRATION="perhaps",
        PORTAL_SECURE_COOKIES="0",
        PORTAL_PAK="demo",
    )
    for part in (
        "shorter than 32",
        "PORTAL_DATABASE_URL is not",
        "PORTAL_PACK is “nowhere”",
        "PORTAL_DEMONSTRATION is “perhaps”",
        "anybody on the network",
        "PORTAL_PAK is not a setting. Did you mean PORTAL_PACK?",
    ):
        assert any(part in problem for problem in said), part
    assert len(said) == 6


def test_a_database_address_is_never_repeated_since_it_may_hold_a_passphrase():
    (problem,) = problems_of(PORTAL_DATABASE_URL="oracle://user:hunter2@host/name")
    assert "hunter2" not in problem


def test_cookies_may_be_plain_for_the_demonstration_only():
    shown = Settings.from_environment({**SOUND, "PORTAL_DEMONSTRATION": "1", "PORTAL_SECURE_COOKIES": "0"})
    assert shown.demonstration
    assert not shown.secure_cookies


def test_a_pack_may_be_any_folder(tmp_path):
    assert Settings.from_environment({**SOUND, "PORTAL_PACK": str(tmp_path)}).pack_folder == tmp_path


def test_other_variables_of_the_environment_are_no_concern():
    assert Settings.from_environment({**SOUND, "PATH": "/bin", "PORT": "9"}).pack == "demo"


@pytest.mark.parametrize(
    "address",
    [
        "http://plan.example",
        "plan.example",
        "https://plan.example/path",
        "https://PLAN.example",
        "https://a@b.example",
    ],
)
def test_an_address_is_a_host_over_https(address) -> None:
    (problem,) = problems_of(PORTAL_ADDRESS=address)
    assert "Write it as https://plan.example.gov.uk" in problem


def test_an_address_may_end_with_a_stroke_and_the_host_is_told_from_it() -> None:
    settings = Settings.from_environment({**SOUND, "PORTAL_ADDRESS": "https://plan.example:8443/"})
    assert (settings.address, settings.host) == ("https://plan.example:8443", "plan.example:8443")


@pytest.mark.parametrize("proxies", ["-1", "ten", "10", "1.5", "²"])
def test_proxies_are_counted(proxies) -> None:
    (problem,) = problems_of(PORTAL_PROXIES=proxies)
    assert "PORTAL_PROXIES is" in problem


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"PORTAL_ENCRYPTION_KEY": ""}, "PORTAL_ENCRYPTION_KEY is not set. Make one with: python3"),
        ({"PORTAL_ENCRYPTION_KEY": "dev"}, "shorter than 32"),
        ({"PORTAL_ENCRYPTION_KEY": f"{secrets.token_urlsafe(48)} short"}, "shorter than 32"),
        ({"PORTAL_ENCRYPTION_KEY": SOUND["PORTAL_SECRET_KEY"]}, "must be another than PORTAL_SECRET_KEY"),
        ({"PORTAL_ENCRYPTION_KEY": "", "PORTAL_ENCRYPTION_KEY_FILE": "/nowhere"}, "cannot be read"),
        ({"PORTAL_DATABASE_URL": "postgresql://host/name"}, "PORTAL_KEYS_URL is not set"),
        ({"PORTAL_KEYS_URL": Settings.database_url}, "must not carry the keys"),
        ({"PORTAL_KEYS_URL": "mysql://host/name"}, "PORTAL_KEYS_URL is not the address"),
    ],
)
def test_the_keys_are_the_operators_own_and_kept_apart(given, why):
    assert why in problems_of(**given)[0]


def test_the_encryption_key_may_be_in_a_file(tmp_path):
    key = SOUND["PORTAL_ENCRYPTION_KEY"]
    (tmp_path / "key").write_text(f"{key}\n", encoding="utf-8")
    from_file = {**SOUND, "PORTAL_ENCRYPTION_KEY": "", "PORTAL_ENCRYPTION_KEY_FILE": str(tmp_path / "key")}
    assert (
        Settings.from_environment(from_file).operator_keys == Settings.from_environment(SOUND).operator_keys
    )


def test_the_keys_are_beside_a_database_of_sqlite():
    settings = Settings.from_environment({**SOUND, "PORTAL_DATABASE_URL": "sqlite:////there/portal.sqlite"})
    assert settings.keys_address == "sqlite:////there/portal-keys.sqlite"


def test_only_the_demonstration_does_without_an_encryption_key():
    without = {**SOUND, "PORTAL_ENCRYPTION_KEY": "", "PORTAL_DEMONSTRATION": "1"}
    assert len(Settings.from_environment(without).operator_keys) == 1
