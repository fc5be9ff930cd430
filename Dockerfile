# One image per app, as a target each, over one build: docker build --target auth-server -t keybound-auth-server .
# Targets: auth-server, resource-api, web, lab. Each runs as a user without rights, and writes to /data alone: the rest may be read-only.
# /data is prepared (secrets, migrations, demo accounts in demo mode) by: node /srv/prisma/dist/prepare.js

FROM node:20-bookworm AS build
WORKDIR /srv
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
COPY . .
RUN npm ci --ignore-scripts --no-audit && npm rebuild better-sqlite3
RUN npx turbo run build --filter=./apps/* --filter=@keybound/prisma

# What an app depends on, installed anew from the same lockfile. better-sqlite3 is compiled once, above.
FROM build AS auth-server-modules
RUN mv node_modules/better-sqlite3/build /tmp/sqlite && rm -rf node_modules && npm ci --omit=dev --ignore-scripts --no-audit \
      --workspace=@keybound/auth-server-app --workspace=@keybound/prisma && mv /tmp/sqlite node_modules/better-sqlite3/build
FROM build AS resource-api-modules
RUN mv node_modules/better-sqlite3/build /tmp/sqlite && rm -rf node_modules && npm ci --omit=dev --ignore-scripts --no-audit \
      --workspace=@keybound/resource-api-app --workspace=@keybound/prisma && mv /tmp/sqlite node_modules/better-sqlite3/build
FROM build AS web-modules
RUN mv node_modules/better-sqlite3/build /tmp/sqlite && rm -rf node_modules && npm ci --omit=dev --ignore-scripts --no-audit \
      --workspace=@keybound/web-app --workspace=@keybound/prisma && mv /tmp/sqlite node_modules/better-sqlite3/build
FROM build AS lab-modules
RUN mv node_modules/better-sqlite3/build /tmp/sqlite && rm -rf node_modules && npm ci --omit=dev --ignore-scripts --no-audit \
      --workspace=@keybound/lab-app && mv /tmp/sqlite node_modules/better-sqlite3/build

FROM node:20-bookworm-slim AS runtime
ENV NODE_ENV=production KEYBOUND_DATA=/data HOST=0.0.0.0
RUN mkdir -m 0700 /data && chown node:node /data
COPY --from=build /srv/package.json /srv/package.json
COPY --from=build /srv/prisma/package.json /srv/prisma/package.json
COPY --from=build /srv/prisma/dist /srv/prisma/dist
COPY --from=build /srv/prisma/schema /srv/prisma/schema
COPY --from=build /srv/prisma/migrations /srv/prisma/migrations
USER node
VOLUME /data
STOPSIGNAL SIGTERM

FROM runtime AS auth-server
COPY --from=auth-server-modules /srv/node_modules /srv/node_modules
COPY --from=build /srv/apps/auth-server/package.json /srv/apps/auth-server/package.json
COPY --from=build /srv/apps/auth-server/assets /srv/apps/auth-server/assets
COPY --from=build /srv/apps/auth-server/dist /srv/apps/auth-server/dist
WORKDIR /srv/apps/auth-server
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.AUTH_PORT || 4000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]

FROM runtime AS resource-api
COPY --from=resource-api-modules /srv/node_modules /srv/node_modules
COPY --from=build /srv/apps/resource-api/package.json /srv/apps/resource-api/package.json
COPY --from=build /srv/apps/resource-api/next.config.mjs /srv/apps/resource-api/next.config.mjs
COPY --from=build /srv/apps/resource-api/.next /srv/apps/resource-api/.next
COPY --from=build /srv/apps/resource-api/dist /srv/apps/resource-api/dist
WORKDIR /srv/apps/resource-api
EXPOSE 4001
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.API_PORT || 4001) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]

FROM runtime AS web
COPY --from=web-modules /srv/node_modules /srv/node_modules
# What its pages show: the documents, and excerpts of the sources.
COPY --from=build /srv/README.md /srv/READING.md /srv/CONTRIBUTING.md /srv/SECURITY.md /srv/
COPY --from=build /srv/docs /srv/docs
COPY --from=build /srv/packages /srv/packages
COPY --from=build /srv/apps/web/package.json /srv/apps/web/package.json
COPY --from=build /srv/apps/web/next.config.mjs /srv/apps/web/next.config.mjs
COPY --from=build /srv/apps/web/.next /srv/apps/web/.next
COPY --from=build /srv/apps/web/dist /srv/apps/web/dist
WORKDIR /srv/apps/web
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.WEB_PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]

FROM runtime AS lab
COPY --from=lab-modules /srv/node_modules /srv/node_modules
COPY --from=build /srv/apps/lab/package.json /srv/apps/lab/package.json
COPY --from=build /srv/apps/lab/dist /srv/apps/lab/dist
WORKDIR /srv/apps/lab
EXPOSE 4002
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.LAB_PORT || 4002) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
