"""The one place where the rooms meet: :func:`create_app` reads like a table of contents."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, g, session
from flask_login import LoginManager
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import assets, audit, errors, logs, paths, safeguards, sealing, upgrade, words
from portal.database import open_database
from portal.frame import Frame
from portal.identity import sessions
from portal.mail.outbox import WAITING
from portal.mail.sending import Postman, can_send
from portal.pack.once import pack_in
from portal.settings import Settings
from portal.sharing import access, here, offered
from portal.sharing.banner import helping
from portal.sharing.visits import read_visit
from portal.unsaved import guarding, suggesting
from portal.web import Portal

ROOMS = (
    *(
        "unsaved",
        "guide",
        "tasks",
        "catalogue",
        "assessment",
        "budget",
        "carer",
        "charging",
        "choices",
        "pictures",
        "plan",
        "document",
        "signing_in",
        "account",
        "sharing",
    ),
    *("staff", "demonstration"),
)
"""The rooms with pages, in the order of the journey."""

STEPS = (
    "assessment",
    "budget",
    "carer",
    "charging",
    "choices",
    "plan",
    "document",
    "account",
    "demonstration",
)
"""The rooms with steps, in the order in which a person takes them."""


def create_app(settings: Settings | None = None, *, translations: Path = paths.TRANSLATIONS) -> Flask:
    """The portal, ready to serve.

    :raises portal.settings.SettingsProblems: when it may not start as it is.
    :raises portal.pack.loading.PackProblems: when the pack has a fault.
    :raises portal.upgrade.WrongVersion: when the database is older or newer than the portal.
    """
    logs.prepare()
    settings = settings or Settings.from_environment()
    app = Portal(__name__, template_folder=str(paths.TEMPLATES), static_folder=None)
    app.url_map.converters["int"] = safeguards.SmallNumber
    app.secret_key = settings.secret_key
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=128 * 1024,
        MAX_FORM_PARTS=300,
        TRUSTED_HOSTS=[settings.host] if settings.host else None,
    )
    if settings.proxies:
        # The host is never taken from such a header: a proxy hands it on as it came.
        believed = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)
        app.wsgi_app = believed  # type: ignore[method-assign]
    pack = pack_in(settings.pack_folder)
    app.extensions["settings"] = settings
    app.extensions["pack"] = pack
    app.extensions["engine"] = open_database(settings.database_url)
    upgrade.need_current(app.extensions["engine"])
    app.extensions["session_info"] = {audit.KEY: settings.audit_key, sealing.KEYS: settings.keyring()}
    files = assets.read_assets(paths.STATIC) | assets.pack_pictures(pack.pictures)
    sheet = assets.council_sheet(pack.council.colours)
    if sheet is not None:
        files[assets.COUNCIL_SHEET] = sheet
    app.extensions["assets"] = files
    app.extensions["assets_version"] = assets.version_of(files)

    languages = words.read_languages(translations)
    app.extensions["languages"] = languages
    choose_words = safeguards.choose_words(languages, pack.languages, pack.modes)

    # The order of these is the order in which they run; what follows a page runs in the reverse one.
    app.before_request(choose_words)
    safeguards.guard(app)
    app.session_interface = sessions.DatabaseSessions(read_visit)
    app.before_request(sessions.need_database)
    app.after_request(sessions.keep_session)
    sessions.protect_forms(app)
    _remember_accounts(app)
    app.before_request(access.check_access)
    guarding.guard(app)
    app.after_request(offered.offer_what_is_allowed)
    suggesting.guard(app)
    app.teardown_request(lambda _error: sessions.note_seen(app))
    _send_mails(app, settings)

    _prepare_templates(app)
    errors.register(app, choose_words)
    app.register_blueprint(assets.bp)
    for room in ROOMS:
        if not find_spec(f"portal.{room}.pages"):
            continue
        app.register_blueprint(import_module(f"portal.{room}.pages").bp)
    app.extensions["journey"] = tuple(
        step
        for room in STEPS
        if find_spec(f"portal.{room}.steps")
        for step in import_module(f"portal.{room}.steps").STEPS
        if step.offered(pack)
    )
    return app


def _send_mails(app: Flask, settings: Settings) -> None:
    """Have a mail sent soon after the page that wrote it, where there is a way to send one."""
    if not can_send(settings):
        return
    postman = Postman(lambda: app.extensions["engine"], app.extensions["session_info"], settings)

    @app.teardown_request
    def _call(_error: BaseException | None) -> None:
        work = g.get("db")
        if work is not None and work.info.get(WAITING):
            postman.call()


def _remember_accounts(app: Flask) -> None:
    from portal.identity.login import SignedIn

    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(SignedIn)
    # Its own way of joining an app would look for a remember-me cookie after each page. There is none.
    app.login_manager = manager  # type: ignore[attr-defined]


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    static_root = "/static/" + app.extensions["assets_version"]
    own_sheet = assets.COUNCIL_SHEET in app.extensions["assets"]
    app.jinja_env.globals.update(
        _=words.translate,
        ngettext=words.translate_plural,
        static_root=static_root,
        council_css=f"{static_root}/{assets.COUNCIL_SHEET}" if own_sheet else "",
        frame=Frame(app),
        csrf_token=sessions.form_token,
        pack=app.extensions["pack"],
        council=app.extensions["pack"].council,
        demonstration=app.extensions["settings"].demonstration,
    )
    app.jinja_env.filters.update(words.FILTERS)

    @app.context_processor
    def _around_every_page() -> dict[str, object]:
        language = words.words()
        return {
            "html_lang": language.code,
            "html_dir": language.direction,
            "mode": language.mode,
            "signed_in": "_user_id" in session,
            "signed_in_until": sessions.signed_in_until() if "actor" in g else None,
            "has_case": "case" in session,
            "case": g.get("case"),
            "may": access.may,
            "helps_whom": helping(),
            "suggestions": suggesting.waiting,
            "here_on_page": here.here,
            "typed_by": here.typed_by,
        }
