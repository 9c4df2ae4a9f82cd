package image.subject_match

deny[msg] {
  input.image_digest != input.cosign_subject
  msg := sprintf("image digest mismatch: cilock has %v, cosign signed %v", [input.image_digest, input.cosign_subject])
}
