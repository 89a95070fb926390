# shellcheck shell=sh disable=SC2154,SC2034 # the launchers set home
# Finds a JDK and builds what is to run on it: shared by the launchers of this checkout, which source it.
#
# They set $home, the folder of the checkout, and define fail, which takes a message.

minimum=25

# Sets $feature to the feature version of the JDK in folder $1, from its "release" file; 0 if it is not a JDK. Sets $build
# to its exact version.
read_feature() {
    feature=0
    build=''
    if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then
        return
    fi
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            JAVA_RUNTIME_VERSION=*) build=$line ;;
            JAVA_VERSION=*)
                line=${line#JAVA_VERSION=}
                line=${line#\"}
                line=${line%%[!0-9]*}
                feature=${line:-0}
                ;;
        esac
    done <"$1/release"
}

# Sets $jdk: JAVA_HOME, then the java on PATH, then the lowest version in the usual folders that will do.
find_jdk() {
    jdk=${JAVA_HOME-}
    if [ -n "$jdk" ]; then
        read_feature "$jdk"
        [ "$feature" -ge "$minimum" ] && return
    fi

    on_path=$(command -v java) && [ -n "$on_path" ] && {
        if [ -L "$on_path" ]; then
            on_path=$(readlink -f "$on_path")
        fi
        jdk=${on_path%/bin/java}
        read_feature "$jdk"
        [ "$feature" -ge "$minimum" ] && return
    }

    jdk=''
    lowest=0
    for folder in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/*; do
        read_feature "$folder"
        if [ "$feature" -ge "$minimum" ] && { [ -z "$jdk" ] || [ "$feature" -lt "$lowest" ]; }; then
            jdk=$folder
            lowest=$feature
            lowest_build=$build
        fi
    done
    build=${lowest_build-}
    [ -n "$jdk" ] || fail "no JDK $minimum or newer found; install one, such as Eclipse Temurin $minimum, or set JAVA_HOME to it"
}

# Makes Java read file names and arguments as UTF-8 where the locale says ASCII.
use_utf8() {
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX)
            LC_ALL=C.UTF-8
            export LC_ALL
            ;;
    esac
}

# Sets $jar to a jar that is no older than its sources: the one of the full Maven build, or our own. Fails if there is
# none.
find_jar() {
    for mark in "$home/$module"/target/$pattern "$quick/built"; do
        case $mark in
            *-sources.jar) continue ;;
        esac
        [ -e "$mark" ] || continue
        # shellcheck disable=SC2086 # sources are separated by blanks
        newer=$(cd "$home" && find pom.xml $sources -newer "$mark" -print 2>/dev/null)
        [ -z "$newer" ] || continue
        case $mark in
            *.jar) jar=$mark ;;
            *) for jar in "$quick"/$pattern; do :; done ;;
        esac
        [ -r "$jar" ] && return 0
    done
    return 1
}

# One launcher builds, others wait for it. The lock is a link whose target is the owner's process id, so it is taken and
# signed in one step; that of a launcher which is no more is removed.
lock() {
    mkdir -p "$quick" 2>/dev/null || fail "cannot write to $quick, where the library is to be built"
    mkdir -p "$home/core/target"
    lock=$home/core/target/quick.lock
    while ! ln -s "$$" "$lock" 2>/dev/null; do
        owner=$(readlink "$lock")
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -f "$lock"
        else
            sleep 0.2
        fi
    done
    trap unlock EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

unlock() {
    rm -f "$lock"
    trap - EXIT INT TERM HUP
}

build() {
    command -v mvn >/dev/null || fail "building the library needs Maven; install it so that mvn is on PATH"
    if [ -e "$quick/built" ]; then
        echo "asyncio4j: building the library (its sources changed) ..." >&2
    else
        echo "asyncio4j: building the library (first use) ..." >&2
    fi
    log=$quick/build.log
    : >"$quick/building"
    rm -f "$quick"/$pattern
    (
        # Maven may run on an older Java; the build looks for its JDK where this variable points.
        JAVA25_HOME=$jdk
        export JAVA25_HOME
        if [ -z "${JAVA_HOME-}" ] && ! command -v java >/dev/null; then
            JAVA_HOME=$jdk
            export JAVA_HOME
        fi
        cd "$home" && exec mvn -q -B -ntp -Dquick -pl "$module" -am package
    ) >"$log" 2>&1 </dev/null || fail "the library could not be built; see $log"
    # Dated before the build began, so that an edit made during it is built next time.
    mv "$quick/building" "$quick/built"
}

# Sets $jar to the jar of a module of this checkout, and builds it if need be.
# $1: the module's folder; $2: the jar's file name, a pattern; $3: what it is made of, besides the parent POM
provide_jar() {
    module=$1
    pattern=$2
    sources=$3
    quick=$home/$module/target/quick
    if ! find_jar; then
        lock
        find_jar || { build && find_jar; } || fail "the sources changed while they were built; try again"
        unlock
    fi
}
