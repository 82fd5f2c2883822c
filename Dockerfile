# Styles and scripts, then the program, then an image that holds neither toolchain and does not run as root. Name the three base images of your registry:
#   docker build --build-arg NODE=… (Node 22) --build-arg SDK=… (.NET SDK 10.0) --build-arg RUNTIME=… (ASP.NET 10.0 runtime, which has the user APP_UID) .
ARG NODE
ARG SDK
ARG RUNTIME
FROM ${NODE} AS browser
WORKDIR /source/src/Browser
COPY src/Browser/package.json src/Browser/package-lock.json src/Browser/.npmrc ./
RUN npm ci
COPY src/Browser ./
RUN npm run build

FROM ${SDK} AS build
WORKDIR /source
COPY . .
COPY --from=browser /source/src/Learning/wwwroot/built src/Learning/wwwroot/built
RUN dotnet publish src/Learning -c Release -o /app

FROM ${RUNTIME}
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
# The site, and beside it the packages.
EXPOSE 5080 5081
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["dotnet", "Learning.dll", "health"]
# LEARNING_DB is needed: the image holds no PostgreSQL.
ENTRYPOINT ["dotnet", "Learning.dll"]
CMD ["run", "--listen", "0.0.0.0", "--empty"]
