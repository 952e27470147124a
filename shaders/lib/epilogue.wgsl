// What happens to a finished value before it is stored. FUNCTION chooses the text: 0 piecewise linear by two uniform numbers,
// 1 sigmoid, 2 tanh, 3 gelu, 4 silu. Only the chosen function is in the program.
//#include functions
fn epilogue(x: vec4f) -> vec4f {
  //#if FUNCTION == 0
  return piecewise(x, u.slope, u.cap);
  //#end
  //#if FUNCTION == 1
  return sigmoid(x);
  //#end
  //#if FUNCTION == 2
  return tangent(x);
  //#end
  //#if FUNCTION == 3
  return gelu(x);
  //#end
  //#if FUNCTION == 4
  return silu(x);
  //#end
}
