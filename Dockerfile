# The API and the command. The store is outside: see docker-compose.yml.
FROM node:22.20.0-bookworm-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY api/schema.graphql ../api/
COPY web ./
RUN npm run build

FROM python:3.11.11-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock ./
RUN pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels -r requirements.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY graphmodel ./graphmodel
COPY ontology ./ontology
COPY loaders ./loaders
COPY api ./api
COPY --from=page /src/api/static ./api/static
# From the checked wheels alone: what runs, without the development tools that the lock names too.
RUN ROLEGRAPH_REQUIRE_PAGE=1 pip wheel --no-cache-dir --no-deps --no-index --find-links /wheels --wheel-dir /wheels . \
 && python -m venv /opt/rolegraph \
 && /opt/rolegraph/bin/pip install --no-cache-dir --no-index --find-links /wheels /wheels/rolegraph-*.whl

FROM python:3.11.11-slim-bookworm
RUN useradd --create-home --uid 10001 rolegraph \
 && install -d -o rolegraph /data
COPY --from=build /opt/rolegraph /opt/rolegraph
ENV PATH=/opt/rolegraph/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ROLEGRAPH_LOG=json \
    ROLEGRAPH_STORE=sqlite:////data/rolegraph.db
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["rolegraph"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
