package github.branch

deny[msg] {
  input.jwt.claims.ref != "refs/heads/main"
  msg := sprintf("built from %v, want refs/heads/main", [input.jwt.claims.ref])
}
