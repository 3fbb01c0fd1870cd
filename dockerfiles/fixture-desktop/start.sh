#!/bin/bash
# Serves the page until it is told to end.
set -euo pipefail

echo "Neurodesktop ${NEURODESKTOP_VERSION} as $(id -un), storage $(stat -c %a /neurodesktop-storage)"
httpd -f -p 8080 -h /srv/www &
server=$!
trap 'kill "$server"' TERM INT
echo "listening on 8080"
wait "$server" || true
