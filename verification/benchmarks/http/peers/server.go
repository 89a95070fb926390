// Answers with Go's net/http: server.go PORT
package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	text := []byte("Hello, World!")
	mux := http.NewServeMux()
	mux.HandleFunc("/plaintext", func(response http.ResponseWriter, request *http.Request) {
		header := response.Header()
		header["Content-Type"] = []string{"text/plain; charset=utf-8"}
		header["Content-Length"] = []string{"13"}
		response.Write(text)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], mux))
}
