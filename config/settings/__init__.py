"""Settings, composed of parts; only the environment decides between a laptop and a server.

Without ``DATABASE_URL`` and ``REDIS_URL`` everything lives in ``DATA_DIR`` (SQLite, a folder of messages);
with them, in PostgreSQL and Redis. ``.env.example`` describes every variable.
"""

from config.settings.admin import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.base import *  # noqa: F403
from config.settings.error_codes import *  # noqa: F403
from config.settings.logs import *  # noqa: F403
from config.settings.mail import *  # noqa: F403
from config.settings.schema import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.storage import *  # noqa: F403
from config.settings.tasks import *  # noqa: F403
