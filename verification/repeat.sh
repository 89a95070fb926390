#!/bin/sh
# Runs tests many times in a row in one JVM, to find those that do not always succeed.

usage() {
    cat <<'MESSAGE'
Usage: verification/repeat.sh MODULE EXECUTION ROUNDS [CLASS...]

Runs the given test classes of a module ROUNDS times, all those of the module without any, each time in another order.
EXECUTION is an engine and, for streams, a transport, as the module's POM has them. Prints each failure, and at the end
how often which class failed. The exit code is 1 if any did.

    verification/repeat.sh core carrier 30
    verification/repeat.sh streams baton-epoll 100 TlsFaultTest
    verification/load.sh 6 verification/repeat.sh core baton 10

Environment:
  TEST_JAVA_OPTS   further options for java
MESSAGE
}

fail() {
    echo "repeat.sh: $1" >&2
    exit 2
}

if [ $# -lt 3 ]; then
    usage >&2
    exit 2
fi
module=$1
execution=$2
rounds=$3
shift 3

case $0 in
    */*) folder=${0%/*} ;;
    *) folder=. ;;
esac
home=$(CDPATH='' cd -P -- "$folder/.." && pwd) || fail "cannot enter $folder/.."
[ -d "$home/$module/src/test" ] || fail "no such module: $module"
# shellcheck source=../build/launch.sh
. "$home/build/launch.sh"
find_jdk
use_utf8

case $execution in
    carrier*) engine='-Dasyncio4j.engine=carrier --add-opens=java.base/java.lang=ALL-UNNAMED' ;;
    baton*) engine=-Dasyncio4j.engine=baton ;;
    *) fail "no such execution: $execution" ;;
esac
io=''
case $execution in
    *-*) io=-Dasyncio4j.io=${execution#*-} ;;
esac

# Maven compiles the tests and says what they need.
(
    cd "$home" && mvn -q -B -ntp -pl "$module" -am -Dmdep.outputFile=target/tests.classpath -Dmdep.includeScope=test \
        test-compile dependency:build-classpath
) >&2 || fail "the tests could not be compiled"
needed=$(cat "$home/$module/target/tests.classpath")

cd "$home/$module" || fail "cannot enter $module"
# shellcheck disable=SC2086 # options are separated by blanks
exec "$jdk/bin/java" $engine $io --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dbasedir="$home/$module" \
    -Dio.netty.leakDetection.level=paranoid ${TEST_JAVA_OPTS-} -cp "target/test-classes:target/classes:$needed" \
    "$home/verification/Repeat.java" "$rounds" "$@"
