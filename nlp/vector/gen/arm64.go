package main

func arm64(p *printer) {}
