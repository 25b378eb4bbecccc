"""Database, cache and files."""

from config.settings.environment import DATA_DIR, DATABASE_URL, REDIS_URL, env


def _sqlite() -> dict[str, object]:
    return {
        "ENGINE": "django_prometheus.db.backends.sqlite3",
        "NAME": DATA_DIR / "solvent.sqlite3",
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            # Taking the write lock at BEGIN makes concurrent writers wait; taking it later makes them fail.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql() -> dict[str, object]:
    database: dict[str, object] = env.db_url_config(DATABASE_URL)
    if str(database["ENGINE"]).endswith("postgresql"):
        database["ENGINE"] = "django_prometheus.db.backends.postgresql"
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True
    return database


DATABASES = {"default": _postgresql() if DATABASE_URL else _sqlite()}

CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "solvent"}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# What one process caches another must be able to revoke; memory of a single process cannot.
CACHE_IS_SHARED = bool(REDIS_URL)

MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

STATEMENT_MAX_BYTES = env.int("STATEMENT_MAX_BYTES", default=50 * 1024 * 1024)
STATEMENT_MAX_ROWS = env.int("STATEMENT_MAX_ROWS", default=200_000)
