#!/bin/sh
# Makes an AOT cache of the JDK for the library's classes, for asyncio4j serve.
#
# $1: the JDK; $2: the file to be made; $3: the library's class path. It says nothing, and whatever goes wrong leaves a
# server to start as slowly as it did before. It takes seconds and has the lowest priority. The last three are kept.

jdk=$1
file=$2
class_path=$3
folder=${file%/*}
umask 077
mkdir -p "$folder" || exit 1

# What could not be made is tried again a day later.
find "$folder" \( -name '*.failed' -o -name '*.new*' \) -mtime +0 -exec rm -f {} +
[ ! -e "$file.failed" ] || exit 1

lock=$file.lock
while ! ln -s "$$" "$lock" 2>/dev/null; do
    owner=$(readlink "$lock")
    if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then
        exit 1 # another one is at it
    fi
    rm -f "$lock"
done
trap 'rm -f "$lock" "$file.new" "$file.new.config"' EXIT
trap 'exit 143' TERM HUP
[ ! -r "$file" ] || exit 0

unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS
# The options that say what may be opened are those of the launcher, or the cache would not fit.
if nice -n 19 "$jdk/bin/java" -XX:AOTCacheOutput="$file.new" \
    --add-opens java.base/java.lang=ALL-UNNAMED --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "$class_path" io.asyncio4j.web.Rehearsal && [ -s "$file.new" ]; then
    mv "$file.new" "$file"
    kept=0
    # shellcheck disable=SC2012 # the names are our own
    ls -t "$folder" | while IFS= read -r name; do
        case $name in
            *.aot)
                kept=$((kept + 1))
                [ "$kept" -le 3 ] || rm -f "$folder/$name"
                ;;
        esac
    done
else
    : >"$file.failed"
    exit 1
fi
