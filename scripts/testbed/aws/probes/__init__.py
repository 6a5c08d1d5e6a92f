"""What gateways ask of AWS, and what AWS answers: one module per noun, one function per rule."""
