"""The application: pages and the JSON interface over one store."""

from pathlib import Path
from typing import Any

import jinja2
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from onrecord.errors import NotFound, OnrecordError
from onrecord.export.wording import ACT_VERBS, actor_line, clean, verb_of
from onrecord.store.archive import Store
from onrecord.web import api, pages
from onrecord.web.security import Access, Guard, form_key

__all__ = ["create_app"]

_FOLDER = Path(__file__).parent


def create_app(
    store: Store, *, edit: bool = False, allow_private: bool = False, access: Access | None = None
) -> FastAPI:
    """Return the application.

    Args:
        store: What it shows.
        edit: Whether people may correct, and take in texts.
        allow_private: Whether an address that is given may be of a private network.
        access: Who may come in.
    """
    access = access or Access()
    app = FastAPI(
        title="OnRecord",
        summary="Who said what to whom, who did what to whom, and who denies it",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.store, app.state.edit, app.state.access = store, edit, access
    app.state.allow_private = allow_private
    app.state.templates = _templates()
    app.include_router(api.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=_FOLDER / "static"), name="static")
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OnrecordError, _error)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_middleware(Guard, access=access)
    return app


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals |= {"verbs": ACT_VERBS, "form_key": form_key}
    environment.filters |= {
        "actor_line": actor_line,
        "verb": verb_of,
        "clean": lambda text: clean(str(text)),
    }
    return environment


def _error(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NotFound) else 400
    return _answer(request, status, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _answer(request, status, str(getattr(error, "detail", error)))


def _wrong_request(request: Request, error: Exception) -> Response:
    found: list[dict[str, Any]] = (
        list(error.errors()) if isinstance(error, RequestValidationError) else []
    )
    told = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in found)
    return _answer(request, 422, told or "not a request that can be answered")


def _answer(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    template = request.app.state.templates.get_template("error.html.j2")
    page = template.render(
        request=request, status=status, message=message, edit=request.app.state.edit
    )
    return HTMLResponse(page, status)
