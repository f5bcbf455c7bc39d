"""The only files a PDF can be made of: those that come with the portal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

ORIGIN = "https://own.invalid/"
"""Where our own files seem to be, for the renderer. No such place exists outside it."""

KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
PICTURE = "image/jpeg"


class OwnFiles(URLFetcher):
    """Hands the renderer files of one folder and refuses everything else, the network included.

    :param pictures: JPEGs that the plan itself holds, by the name under which it shows them.
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
        if ours and name in self._pictures:
            return URLFetcherResponse(url, self._pictures[name], {"Content-Type": PICTURE})
        if not ours or name not in self._files:
            raise ValueError("a PDF is made of our own files only")
        kind = KINDS.get(self._files[name].suffix, "application/octet-stream")
        return URLFetcherResponse(url, self._files[name].read_bytes(), {"Content-Type": kind})
