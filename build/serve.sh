# shellcheck shell=sh disable=SC2154 # the launcher, launch.sh and compiled.sh set home, jdk and so on
# asyncio4j serve: its options, and the cache of loaded classes with which a server starts quickly.

# Sets $file, $reload and $said, the properties in which WebApp.serve finds what the command was given. Fails if it is not
# what it should be.
read_serve_options() {
    file=''
    host=''
    port=''
    workers=''
    reload=''
    while [ $# -gt 0 ]; do
        case $1 in
            --host | --port | --workers)
                [ $# -ge 2 ] || fail "$1 needs a value: $(example_of "$1")"
                read_serve_option "$1" "$2"
                shift
                ;;
            --host=* | --port=* | --workers=*) read_serve_option "${1%%=*}" "${1#*=}" ;;
            --reload) reload=yes ;;
            -*) fail "serve has no option $1; it has --host, --port, --workers and --reload" ;;
            *)
                [ -z "$file" ] || fail "serve takes one file, but was given $file and $1"
                file=$1
                ;;
        esac
        shift
    done
    [ -n "$file" ] || fail "serve needs a file: asyncio4j serve FILE.java [--host H] [--port N] [--workers N] [--reload]"
    if [ -n "$reload" ] && [ "${workers:-1}" -gt 1 ]; then
        fail "--reload serves with one worker; leave out --reload or --workers"
    fi
}

example_of() {
    case $1 in
        --host) echo "$1 0.0.0.0 is for all interfaces, 127.0.0.1 for this machine alone" ;;
        --port) echo "$1 8000, or another number from 0 to 65535" ;;
        *) echo "$1 2, or another number from 1 to 1024" ;;
    esac
}

# $1: the option; $2: its value
read_serve_option() {
    case $1 in
        --host)
            case $2 in
                '' | -* | *[!A-Za-z0-9.:%_-]*) fail "--host cannot be '$2': $(example_of "$1")" ;;
            esac
            host=$2
            ;;
        --port)
            is_number "$2" 0 65535 || fail "--port cannot be '$2': $(example_of "$1")"
            port=$2
            ;;
        *)
            is_number "$2" 1 1024 || fail "--workers cannot be '$2': $(example_of "$1")"
            workers=$2
            ;;
    esac
}

# Whether $1 is a number from $2 to $3.
is_number() {
    case $1 in
        '' | *[!0-9]* | ??????*) return 1 ;;
    esac
    [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]
}

serve() {
    # shellcheck source=build/launch.sh
    . "$home/build/launch.sh"
    read_serve_options "$@"
    check_file "$file"
    names "$file" web || fail "$file has no application to serve: it does not name io.asyncio4j.web"
    find_jdk
    # shellcheck source=build/compiled.sh
    . "$home/build/compiled.sh"
    use_utf8
    read_options
    if [ -n "$reload" ]; then
        provide_library web
        provide_compiler || fail "cannot write to $home/cli/target, where the compiler of programs is to be built"
        compile_options="$options ${release:+--source $release} ${JDK_JAVA_OPTIONS-}"
        set -f # an option may have a *
        # shellcheck disable=SC2086 # options are separated by blanks
        set -- -cp "$class_path:$compiler" io.asyncio4j.cli.run.Reloader "$file" "$class_path" $compile_options
        set +f
    else
        provide_program "$file" web
        if [ -n "$compiled" ]; then
            # The library comes first, as it does in the cache of loaded classes.
            set -- -Djdk.launcher.sourcefile="$program" -cp "$class_path:$version/program.jar:$root" "$main"
        else
            set -- ${release:+--source "$release"} -cp "$class_path" "$file"
        fi
    fi
    choose_loaded_classes
    # One line for each entry of the log.
    set -- -Djava.util.logging.SimpleFormatter.format='%1$tT %4$s %5$s%6$s%n' \
        -Dasyncio4j.serve="${file##*/}" ${host:+-Dasyncio4j.serve.host="$host"} ${port:+-Dasyncio4j.serve.port="$port"} \
        ${workers:+-Dasyncio4j.serve.workers="$workers"} \
        ${loaded:+-XX:AOTCache="$loaded" -Xlog:aot=off -Xlog:cds=off} "$@"
    start_java "$@"
}

# ---------------------------------------------------------------- loaded classes

# Sets $loaded to the JDK's AOT cache of the library, if there is one; else has it made beside the program, which is not
# held up. It depends on the JDK and on the library's jars, not on the program.
choose_loaded_classes() {
    loaded=''
    [ "${ASYNCIO4J_AOT-}" != off ] && [ -z "$added_path" ] || return 0
    cache_folder || return 0
    aot=$cache/aot
    sum=$({ printf '%s\n' "$jdk $build $class_path" && ls -lL "$jar" "${jar%/*}/lib"; } | cksum) || return 0
    loaded=$aot/${sum%% *}.aot
    if [ ! -r "$loaded" ]; then
        if [ "${ASYNCIO4J_AOT-}" = wait ]; then
            make_loaded_classes
        else
            (make_loaded_classes &) # no child of the program, which would not ask how it ended
        fi
        [ -r "$loaded" ] || loaded=''
    else
        touch -c "$loaded" 2>/dev/null || true
    fi
}

make_loaded_classes() {
    sh "$home/build/aot.sh" "$jdk" "$loaded" "$class_path" >/dev/null 2>&1 </dev/null
}
