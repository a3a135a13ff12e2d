echo "the first version"
echo 'lyceum-result rows 3'
