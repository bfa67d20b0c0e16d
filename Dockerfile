# One image for web, worker and scheduler. Not built on the machine where the tests run; docs/deploy/README.md says so.
FROM python:3.11-slim-bookworm

# The packages of portal/ops/setup.sh that are needed to run; a test compares the two lists.
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libseccomp2 fonts-noto-core fonts-noto-mono gettext \
 && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/srv/venv/bin:$PATH
RUN python -m venv /srv/venv
COPY requirements.txt /srv/
RUN pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r /srv/requirements.txt

WORKDIR /srv/portal
COPY manage.py ./
COPY portal portal
COPY intake intake
COPY cases cases
COPY jurisdictions jurisdictions
COPY people people
COPY vault vault
COPY templates templates
COPY static static
COPY locale locale
RUN for po in locale/*/LC_MESSAGES/*.po locale/desk/*/LC_MESSAGES/*.po; do \
      msgfmt --check-format -o "${po%.po}.mo" "$po" || exit 1; \
    done

# Style sheets with hashes and compressed copies; the secrets made for this one command are thrown away with it.
RUN export PORTAL_STATE_DIR=/tmp/build PORTAL_STATIC_ROOT=/srv/static \
 && python manage.py make_secrets \
 && python manage.py collectstatic --noinput \
 && rm -rf /tmp/build /dev/shm/portal-* \
 && install -d -o 10001 -g 10001 -m 700 /srv/state

ENV PORTAL_PROFILE=production \
    PORTAL_STATE_DIR=/srv/state \
    PORTAL_STATIC_ROOT=/srv/static \
    PORTAL_SECRETS_DIR=/run/secrets \
    PORTAL_TMPFS_DIR=/run/portal/memory
USER 10001:10001
CMD ["gunicorn", "--config", "python:portal.ops.gunicorn_conf", "portal.wsgi"]
