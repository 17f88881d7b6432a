# The API with the built web app, for a PostgreSQL elsewhere. Neither build tools nor the embedded database are in it.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node deploy/build.mjs

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/acolhe
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json sbom.cdx.json ./
COPY migrations migrations
COPY --from=build /app/dist/web dist/web
COPY --from=build /app/dist/server dist/server
# Archives of `acolhe backup` go there; mount a volume to keep them.
RUN mkdir -p /var/lib/acolhe && chown node:node /var/lib/acolhe
ARG GIT_COMMIT=unknown
ENV GIT_COMMIT=${GIT_COMMIT}
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# A process that gets its signals itself: no shell, no npm in between. The option: src/server/processes/heap.ts.
ENTRYPOINT ["node", "--max-semi-space-size=8", "dist/server/acolhe.mjs"]
CMD ["serve"]
