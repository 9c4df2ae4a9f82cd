// Command registry is ggcr's in-memory registry with the referrers API of OCI 1.1 switched on, which no
// program of ggcr's does. It serves 127.0.0.1 only and prints its address once it listens:
//
//	registry [-port N] [-username U -password P] [-referrers=false]
package main

import (
	"crypto/subtle"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	port := flag.Int("port", 0, "0 takes a free one")
	username := flag.String("username", "", "asks every request for basic authentication")
	password := flag.String("password", "", "")
	referrers := flag.Bool("referrers", true, "answers the referrers API")
	flag.Parse()

	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	served := registry.New(registry.WithReferrersSupport(*referrers), registry.Logger(log.New(io.Discard, "", 0)))
	log.Fatal(http.Serve(listener, guard(served, *username, *password)))
}

func guard(next http.Handler, username, password string) http.Handler {
	if username == "" {
		return next
	}
	same := func(got, want string) bool { return subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1 }
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		user, pass, _ := request.BasicAuth()
		if same(user, username) && same(pass, password) {
			next.ServeHTTP(response, request)
			return
		}
		response.Header().Set("WWW-Authenticate", `Basic realm="registry"`)
		response.Header().Set("Content-Type", "application/json")
		response.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(response, `{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}`)
	})
}
