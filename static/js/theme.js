try{const d=document.documentElement.dataset;d.theme=localStorage.theme||"";d.shapes=localStorage.shapes||""}catch{}document.documentElement.classList.add("js")
