# denglu-server alone. Its steps are run as a script by the tests; no image has been built of them yet.

FROM node:24.21-slim AS build
WORKDIR /app/server
COPY server/package.json server/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.base.json /app/
COPY server ./
RUN npm run build

FROM node:24.21-slim AS packages
WORKDIR /app
COPY server/package.json server/package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
# Whoever makes the image makes the folder of the data, too: it has to be the user's who runs the server.
RUN mkdir data

FROM node:24.21-slim
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV DATABASE_URL=file:///data/denglu.db
ENV DATA_FOLDER=/data
# Nothing in the image can send SMS codes and mails.
ENV MESSAGES=off
WORKDIR /app
COPY --from=packages --chown=node:node /app/data /data
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/server/dist ./dist
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT_SERVER || 8787) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
