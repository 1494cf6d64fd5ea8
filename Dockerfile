# A container of exports-mock:
#
#   docker build -t exports-mock .
#   docker run --rm -p 127.0.0.1:8080:8080 exports-mock [OPTIONS OF exports-mock]
FROM debian:12-slim AS build
COPY . /source
RUN /source/scripts/run --version

FROM debian:12-slim
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        libcjson1 libcurl3-gnutls libgnutls30 libmicrohttpd12 libnettle8 libuuid1 zlib1g \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /source/build/exports-mock /usr/local/bin/exports-mock
# Inside, every address is the container's own; whom a published port serves is said by -p.
ENV EXPORTS_MOCK_BIND=0.0.0.0 EXPORTS_MOCK_ADMIN_TOKEN=none
EXPOSE 8080
USER nobody
ENTRYPOINT ["exports-mock"]
