"""Who may present: whoever's browser holds the session's key in a cookie, and nobody else."""

from starlette.requests import Request

from data.register.rights import NotAllowedError
from data.workshop.helm import Helm
from data.workshop.rooms import WorkshopError
from pages import _edge
from pages._room_guard import RefusedError

COOKIE = "foothold_helm"
_SECONDS = 30 * 24 * 3_600
_CLOSED = (
    "Open it by the presenter’s link, which stands on the session’s page. Each browser that presents must be opened by "
    "it once. If the session was deleted, nothing of it is left."
)


def presenting(request: Request) -> Helm:
    """What whoever sends this request may do in the session that it names.

    Raises
    ------
    RefusedError
        403 without the session's key, also if there is no such session; 503 if the sessions cannot be opened.
    """
    return helm_of(request.path_params["id"], request.cookies.get(COOKIE, ""))


def helm_of(id_: str, key: str) -> Helm:
    """What may be done in a session with a key; RefusedError as above."""
    try:
        return _edge.rooms().helm(id_, key)
    except NotAllowedError as error:
        raise RefusedError(403, _CLOSED) from error
    except WorkshopError as error:
        raise RefusedError(503, str(error), again=True, wait=10) from error


def cookie(id_: str, key: str, *, secure: bool) -> str:
    """A cookie that holds a session's key, for its presenter's pages alone and out of reach of scripts."""
    kept = f"{COOKIE}={key}; Path=/present/{id_}; Max-Age={_SECONDS}; HttpOnly; SameSite=Strict"
    return f"{kept}; Secure" if secure else kept
