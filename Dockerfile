# The site's processes: web, worker and commands. compose.yaml runs it beside the servers that it needs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/site/site:/site
WORKDIR /site
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt

# The start writes compiled translations beside their sources, so the code belongs to who runs it.
RUN useradd --create-home --uid 1000 verkosto && mkdir /data /media && chown verkosto:verkosto /site /data /media
USER verkosto
COPY --chown=verkosto:verkosto . .
EXPOSE 8000
CMD ["python", "-m", "config.web"]
