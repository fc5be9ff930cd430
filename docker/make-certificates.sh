#!/usr/bin/env bash
# A throw-away CA and a certificate for the names of compose.yaml, once. The CA's key does not stay.
set -euo pipefail
cd "$1"
[ -e server.pem ] && exit 0
new_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc)
openssl req -x509 -days 30 "${new_key[@]}" -subj '/CN=Keybound throw-away CA' -keyout ca.key -out ca.pem
openssl req "${new_key[@]}" -subj '/CN=app.keybound.test' -keyout server.key -out server.csr
printf 'subjectAltName=DNS:app.keybound.test,DNS:id.keybound.test,DNS:api.keybound.test\nbasicConstraints=CA:FALSE\n' > names
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out server.pem
rm ca.key server.csr names
chmod 644 ca.pem server.pem
