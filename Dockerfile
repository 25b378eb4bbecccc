FROM python:3.12-slim AS packages

COPY requirements.txt .
RUN python -m venv /opt/solvent \
    && /opt/solvent/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt


FROM python:3.12-slim

RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin solvent \
    && install --directory --owner solvent /data

COPY --from=packages /opt/solvent /opt/solvent
WORKDIR /srv/solvent
COPY . .

ENV PATH=/opt/solvent/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data

USER solvent
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health', timeout=4)"]

CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "2", "--log-level", "warning", "config.wsgi:application"]
