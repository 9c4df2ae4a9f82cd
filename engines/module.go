//go:build wasip1

package main

import "unsafe"

// What is kept for the host until it asks the next question.
var asked, answered []byte

// room makes room for a question and says where it is.
//
//go:wasmexport room
func room(size uint32) uint32 {
	asked = make([]byte, size)
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(asked))))
}

// ask answers the question that was put into the room: where the answer is (upper half) and its size.
//
//go:wasmexport ask
func ask() uint64 {
	answered = answerTo(asked)
	asked = nil
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(answered))))<<32 | uint64(len(answered))
}

func main() {}
