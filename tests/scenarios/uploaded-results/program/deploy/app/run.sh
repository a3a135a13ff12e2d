set -e
cat /many/* | sha256sum > /out/many.sum
sha256sum < /weights.bin > /out/weights.sum
head -c 5000000 /weights.bin > /out/model.bin
echo '{"loss": 0.25}' > /out/metrics.json
cat /cache/before.txt /app/settings.conf
echo changed > /cache/before.txt
echo new > /cache/after.txt
! touch /many/new 2>/dev/null
