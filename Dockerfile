# peerlab on Debian 12, with everything installed and built:
#
#   docker build -t peerlab .
#   docker run --rm peerlab run hello
#   docker run --rm peerlab test
#
# Without building an image, from the source tree:
#
#   docker run --rm -it -v "$PWD":/peerlab -w /peerlab debian:12 ./peerlab run hello
#   docker run --rm -it -v "$PWD":/peerlab -w /peerlab debian:12 ./peerlab test

FROM debian:12

COPY .ci/packages /tmp/packages
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      $(awk '/^\[/ { take = /run|test/ } /^[a-z]/ && take { print $1 }' /tmp/packages) \
 && rm -rf /var/lib/apt/lists/* /tmp/packages

WORKDIR /peerlab
COPY . .
RUN ./peerlab list >/dev/null

ENTRYPOINT ["./peerlab"]
CMD ["run", "hello"]
