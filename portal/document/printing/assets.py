"""The only files a PDF can be made of: those that come with the portal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

ORIGIN = "https://own.invalid/"
"""Where our own files seem to be, for the renderer. No such place exists outside it."""

KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class OwnFiles(URLFetcher):
    """Hands the renderer files of one folder and refuses everything else, the network included.

    :param pictures: those that the plan itself holds, by the name under which it shows them.
    """

    def __init__(self, folder: Path, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False, fail_on_errors=True)
        self._files = {
            file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()
        }
        self._pictures = pictures or {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """A file of the folder.

        :raises ValueError: for anything else. The renderer stops.
        """
        parts = urlsplit(url)
        name = unquote(parts.path).removeprefix("/")
        ours = f"{parts.scheme}://{parts.netloc}/" == ORIGIN
        if not ours or (name not in self._pictures and name not in self._files):
            raise ValueError("a PDF is made of our own files only")
        kind = KINDS.get(PurePosixPath(name).suffix, "application/octet-stream")
        content = self._pictures[name] if name in self._pictures else self._files[name].read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": kind})
