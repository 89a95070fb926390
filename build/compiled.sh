# shellcheck shell=sh disable=SC2154 # launch.sh and the launcher set home, jdk, build, jar
# Programs that asyncio4j has compiled, kept so that they start at once the next time.
#
# Each has a folder in the user's cache, named by a checksum of what tells it from others. CacheEntry.java describes its
# files. A program is compared with its sources byte by byte, so neither a clock nor a checksum can be wrong. Whatever goes
# wrong here leaves the program to Java's source launcher, which runs it as well.

# Takes ASYNCIO4J_JAVA_OPTS apart. Sets $options, without those that are set below; $added_path to a class path in front of
# the library's; $release to what --source says.
read_options() {
    options=''
    added_path=''
    release=''
    set -f # an option may have a *
    # shellcheck disable=SC2086 # options are separated by blanks
    set -- ${ASYNCIO4J_JAVA_OPTS-}
    set +f
    while [ $# -gt 0 ]; do
        case $1 in
            -cp | -classpath | --class-path)
                added_path=${2-}
                [ $# -lt 2 ] || shift
                ;;
            --class-path=*) added_path=${1#*=} ;;
            --source)
                release=${2-}
                [ $# -lt 2 ] || shift
                ;;
            --source=*) release=${1#*=} ;;
            *) options="$options $1" ;;
        esac
        shift
    done
}

# Sets $cache to the folder in which the launcher keeps what takes long to make. Fails if there can be none.
cache_folder() {
    case ${XDG_CACHE_HOME-} in
        /*) cache=$XDG_CACHE_HOME/asyncio4j ;;
        *) cache=${HOME:?}/.cache/asyncio4j ;;
    esac
    case $cache in
        *:*) return 1 ;; # not possible in a class path
    esac
}

# Sets $entry to the folder of program $1 in the cache, and $key to what tells it from others. Fails if there can be none.
find_entry() {
    cache_folder || return 1
    key="1
$home
$jdk $build
$PWD
$1
${ASYNCIO4J_JAVA_OPTS-}
${JDK_JAVA_OPTIONS-}
${JAVA_TOOL_OPTIONS-}"
    sum=$(printf '%s' "$key" | cksum) || return 1
    entry=$cache/programs/${sum%% *}-${sum##* }
}

# Reads the description of the current version. Sets $version, $library, $main, $root and $warnings; $kept_jar to the jar it
# was compiled with. Fails if there is no such version, or if it cannot be right any more.
read_entry() {
    version=''
    library=''
    kept_jar=''
    main=''
    root=''
    warnings=''
    [ -r "$entry/current" ] || return 1
    set --
    folder=''
    names=0
    found=0
    while IFS= read -r line; do
        value=${line#* }
        case $line in
            version\ *)
                version=$entry/$value
                # Recently used, so it is kept. Not with ":", whose failure would end the shell.
                true 2>/dev/null >"$version/used"
                ;;
            library\ *) library=$value ;;
            jar\ *) kept_jar=$value ;;
            main\ *) main=$value ;;
            root\ *) root=$value ;;
            warnings) warnings=yes ;;
            file\ *) set -- "$@" "$value" "$version/mark" ;;
            missing\ *) [ ! -d "$value" ] || return 1 ;;
            folder\ *)
                folder=$value
                for source in "$folder"/*.java; do
                    [ ! -e "$source" ] || found=$((found + 1))
                done
                ;;
            source\ *)
                [ -e "$folder/$value" ] || return 1
                names=$((names + 1))
                ;;
        esac
    done <"$entry/current"
    [ -n "$version" ] && [ $# -gt 0 ] || return 1 # damaged
    # None is missing, so if there are as many they are the same.
    [ "$names" = "$found" ] || return 1
    { printf '%s\n' "$key" && cat -- "$@"; } 2>/dev/null | cmp -s - "$version/inputs"
}

# Whether the current version was compiled with the library as it is in $jar.
fits_library() {
    [ "$jar" = "$kept_jar" ] && [ ! "$jar" -nt "$version/library" ] && [ ! "$version/library" -nt "$jar" ]
}

# Sets $compiler to the classes of the compiler, and compiles them if need be: without Maven, as they need nothing but the
# JDK.
provide_compiler() {
    sources=$home/cli/src/main/java/io/asyncio4j/cli/run
    module=cli
    quick=$home/cli/target/quick
    compiler=$quick/compiler
    is_compiler_new || {
        mkdir -p "$quick" "$home/core/target" 2>/dev/null && [ -w "$quick" ] && [ -w "$home/core/target" ] || return 1
        lock
        is_compiler_new || {
            rm -rf "$compiler" "$compiler.new"
            "$jdk/bin/javac" -proc:none -nowarn --release "$minimum" -d "$compiler.new" "$sources"/*.java >&2 </dev/null &&
                mv "$compiler.new" "$compiler"
        }
        unlock
    }
    [ -d "$compiler" ]
}

is_compiler_new() {
    [ -d "$compiler" ] && [ -z "$(find "$sources" -newer "$compiler" -print 2>/dev/null)" ]
}

# Compiles program $1 with library $2, in $jar, and class path $3. Returns 0 if it is in the cache; 1 if the compiler has said
# what is wrong; anything else leaves it to Java's source launcher.
compile() {
    provide_compiler || return 3
    (
        umask 077
        mkdir -p "$entry" 2>/dev/null || exit 3
        # What they ask for, a debugger perhaps, is meant for the program.
        compile_options="$options ${release:+--source $release} ${JDK_JAVA_OPTIONS-}"
        unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS
        set -f
        # shellcheck disable=SC2086 # options are separated by blanks
        exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dstderr.encoding=UTF-8 -cp "$compiler" \
            io.asyncio4j.cli.run.ProgramCompiler "$entry" "$key" "$1" "$2" "$jar" "$3" $compile_options </dev/null
    )
}
